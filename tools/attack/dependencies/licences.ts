import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One package of the lockfile. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  /** As an SPDX expression; undefined when neither the lockfile nor the package says. */
  readonly licence?: string;
  /** Not part of what is shipped. */
  readonly dev: boolean;
  /** Was made by a script at installation. */
  readonly scripts: boolean;
  readonly registry: boolean;
  readonly integrity: boolean;
}

interface Entry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
}

/** Everything that the lockfile installs here; what is for other systems is another build of something that is. */
export const installedPackages = (checkout: string): Installed[] =>
  lockedPackages(checkout, (path) => existsSync(join(checkout, path, 'package.json')));

/** What a lockfile names, whether it is installed or not. */
export function lockedPackages(folder: string, counts: (path: string) => boolean = () => true): Installed[] {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Entry>;
  };
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== '' && !link && counts(path))
    .map(([path, entry]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version: entry.version ?? '',
      licence: entry.license ?? statedBy(join(folder, path)),
      dev: entry.dev ?? false,
      scripts: entry.hasInstallScript ?? false,
      // Without an address it is the registry's of whoever installs.
      registry: entry.resolved === undefined || entry.resolved.startsWith('https://registry.npmjs.org/'),
      integrity: /^sha512-/.test(entry.integrity ?? ''),
    }));
}

interface Manifest {
  readonly license?: string | { readonly type?: string };
  readonly licenses?: readonly { readonly type?: string }[];
}

/** Old packages say it in other forms. */
function statedBy(folder: string): string | undefined {
  if (!existsSync(join(folder, 'package.json'))) return undefined;
  const { license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const stated = typeof license === 'object' ? license.type : license;
  return stated ?? licenses?.map(({ type }) => type).join(' OR ');
}

/** Whether an SPDX expression can be met by licences that are allowed: one of those joined by OR, all joined by AND. */
export function allows(expression: string, allowed: ReadonlySet<string>): boolean {
  const text = expression.trim().replace(/^\((.*)\)$/, '$1');
  const either = text.split(/\s+OR\s+/i);
  if (either.length > 1) return either.some((one) => allows(one, allowed));
  return text.split(/\s+AND\s+/i).every((one) => allowed.has(one.trim()));
}
