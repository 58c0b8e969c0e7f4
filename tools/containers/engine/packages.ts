import { basics } from '../../stack/environment';
import { command, tryCommand } from '../command';

/** What the engine and the base are made with, by the names of Debian. */
export const packages = [
  'podman',
  'podman-compose',
  'runc',
  'catatonit',
  'iptables',
  'containernetworking-plugins',
  'golang-github-containernetworking-plugin-dnsname',
  'dnsmasq-base',
  'mmdebstrap',
] as const;

const env = () => ({ ...basics(), DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' });

/** The packages that are not installed, by what `dpkg-query` says. */
export function missingOf(wanted: readonly string[], listed: string): string[] {
  const installed = new Set(listed.split('\n').flatMap((line) => /^(\S+) install ok installed$/.exec(line)?.[1] ?? []));
  return wanted.filter((name) => !installed.has(name));
}

/** Installs what is missing; answers its names. */
export async function installPackages(): Promise<string[]> {
  const { out } = await tryCommand('dpkg-query', ['-W', '-f', '${Package} ${Status}\n', ...packages], { env: env() });
  const missing = missingOf(packages, out);
  if (missing.length === 0) return [];
  await command('apt-get', ['-q', 'update'], { env: env() });
  // What a machine keeps from starting services in containers is of no concern: none of these has one that is needed.
  await command('apt-get', ['-q', 'install', '--yes', '--no-install-recommends', ...missing], { env: env() });
  return missing;
}
