import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The built dashboard. */
export interface DashboardFiles {
  /** With hashes in their names. */
  readonly assets: string;
  readonly page: string;
  /** The entity tag of the page. */
  readonly tag: string;
  /** Licenses of the packages that the bundle consists of. */
  readonly licenses: Buffer;
  /** First parts of the paths that the page itself resolves. */
  readonly routes: readonly string[];
}

/** The folder `dist/dashboard`, seen from the sources and from the build alike; undefined where it was not built. */
export function builtDashboard(): string | undefined {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'dist/dashboard');
    if (existsSync(join(found, 'index.html'))) return found;
  }
  return undefined;
}

/** Reads what is sent often; a new build is a new start of the gateway. */
export function readDashboard(folder: string): DashboardFiles {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const routes = JSON.parse(readFileSync(join(folder, 'routes.json'), 'utf8')) as string[];
  const licenses = readFileSync(join(folder, 'licenses.txt'));
  const tag = `"${createHash('sha256').update(page).digest('base64url').slice(0, 27)}"`;
  return { assets: join(folder, 'assets'), page, tag, licenses, routes };
}
