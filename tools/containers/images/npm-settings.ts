import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { basics, setting } from '../../stack/environment';
import { command } from '../command';

const certificates = '/run/certificates.pem';
const cache = '/run/npm-cache';

/** How this machine's npm reaches its registry, for a build in which nothing of it is known. */
export interface NpmSettings {
  /** The text of a `.npmrc`. */
  readonly text: string;
  /** What has to be mounted for it. */
  readonly volumes: readonly string[];
}

/** Settings by the values of `npm config get`. The machine's cache is read, and never written. */
export function npmSettings(
  registry: string,
  authorities: string | undefined,
  cacheFolder: string | undefined,
): NpmSettings {
  const lines = [`registry=${registry}`, 'update-notifier=false'];
  const volumes: string[] = [];
  if (authorities) {
    lines.push(`cafile=${certificates}`);
    volumes.push(`${authorities}:${certificates}:ro`);
  }
  if (cacheFolder) {
    lines.push(`cache=${cache}`);
    volumes.push(`${cacheFolder}:${cache}:O`);
  }
  return { text: `${lines.join('\n')}\n`, volumes };
}

/** Those of this machine. */
export async function machineNpmSettings(checkout: string): Promise<NpmSettings> {
  const get = (name: string) => command('npm', ['config', 'get', name], { cwd: checkout, env: basics() });
  const known = (value: string | undefined) => (value && existsSync(value) ? value : undefined);
  const authorities = known(await get('cafile')) ?? known(setting('NODE_EXTRA_CA_CERTS'));
  const cacheFolder = await get('cache');
  return npmSettings(
    await get('registry'),
    authorities,
    existsSync(join(cacheFolder, '_cacache')) ? cacheFolder : undefined,
  );
}
