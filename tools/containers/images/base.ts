import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { basics } from '../../stack/environment';
import { debianMirror, debianRelease, ownSources } from '../../stack/servers/debian-packages';
import { command } from '../command';
import type { Engine } from '../engine/engine';

/** The name of the image that the Dockerfile begins with. @throws Error when it does not say so in one line */
export function nodeImage(dockerfile: string): string {
  const name = /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile)?.[1];
  if (!name) throw new Error('The Dockerfile does not tell its base.');
  return name;
}

/** A name as registries know it: what has no host is Docker's, and what has no owner is official. */
export function fullName(image: string): string {
  const parts = image.split('/');
  if (parts.length === 1) return `docker.io/library/${image}`;
  return /[.:]|^localhost$/.test(parts[0] ?? '') ? image : `docker.io/${image}`;
}

/** The folder of the npm that would be run. @throws Error when PATH has none */
function npmFolder(path: string): string {
  const npm = path
    .split(':')
    .map((folder) => join(folder, 'npm'))
    .find((file) => existsSync(file));
  if (!npm) throw new Error('There is no npm in PATH.');
  return dirname(dirname(realpathSync(npm)));
}

/** Arguments that make a minimal Debian with a Node in it, as a tar file. */
export function bootstrapArguments(release: string, file: string, mirror: string, npm: string): string[] {
  const hooks = [
    'mkdir -p "$1/usr/local/lib/node_modules"',
    `copy-in ${process.execPath} /usr/local/bin`,
    `copy-in ${npm} /usr/local/lib/node_modules`,
    'ln -s ../lib/node_modules/npm/bin/npm-cli.js "$1/usr/local/bin/npm"',
    'rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*',
  ];
  const without = ['doc', 'man', 'locale', 'info'].map((part) => `--dpkgopt=path-exclude=/usr/share/${part}/*`);
  const packages = '--include=ca-certificates,libstdc++6';
  const args = ['--mode=root', '--variant=minbase', packages, ...without];
  return [...args, ...hooks.map((hook) => `--customize-hook=${hook}`), release, file, mirror];
}

/**
 * Makes what stands in for the image of Node where no registry can be reached: Debian's packages and this machine's Node,
 * under the name that the Dockerfile asks for. It is made once for a version. Answers whether it was made now.
 */
export async function makeBase(engine: Engine, dockerfile: string): Promise<boolean> {
  const release = debianRelease() ?? '';
  const mark = createHash('sha256').update(readFileSync(process.execPath)).update(release).digest('hex').slice(0, 12);
  const own = `localhost/base:${mark}`;
  const present = await engine.has(own);
  if (!present) {
    const file = join(engine.folders.temporary, 'base.tar');
    const args = bootstrapArguments(release, file, debianMirror(ownSources()), npmFolder(basics().PATH ?? ''));
    await command('mmdebstrap', args, { env: { ...basics(), LC_ALL: 'C.UTF-8' } });
    await engine.podman('import', '--quiet', file, own);
    rmSync(file);
  }
  await engine.podman('tag', own, fullName(nodeImage(dockerfile)));
  return !present;
}
