import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { basics } from '../stack/environment';
import { debianRelease, DebianPackages } from '../stack/servers/debian-packages';

/** Where the programs of Prometheus are. */
export interface PrometheusPrograms {
  readonly prometheus: string;
  readonly promtool: string;
}

const checkout = resolve(__dirname, '../..');

/** Prometheus of this machine, else Debian's package unpacked into a private folder, else the reason why there is none. */
export function findPrometheus(): PrometheusPrograms | string {
  const folders = (basics().PATH ?? '').split(':');
  const installed = folders.map(programsIn).find(Boolean);
  if (installed) return installed;
  const packages = new DebianPackages(join(checkout, '.data', 'prometheus'));
  const unpacked = join(packages.root, 'usr/bin');
  try {
    if (!programsIn(unpacked)) fetched(packages);
    return programsIn(unpacked) ?? 'the package does not hold the programs';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function fetched(packages: DebianPackages): void {
  const release = debianRelease();
  if (!release) throw new Error('this machine is not Debian and has no Prometheus');
  mkdirSync(packages.root, { recursive: true });
  packages.installAlone(release, 'prometheus');
}

function programsIn(folder: string): PrometheusPrograms | undefined {
  const programs = { prometheus: join(folder, 'prometheus'), promtool: join(folder, 'promtool') };
  return existsSync(programs.prometheus) && existsSync(programs.promtool) ? programs : undefined;
}
