import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { basics, setting } from '../environment';
import { alone } from '../lock';
import { StackError, step } from '../terminal';
import { DebianPackages, debianRelease } from './debian-packages';

/** The programs of one server, with what they need to run. */
export interface Program {
  readonly path: string;
  readonly env: Record<string, string>;
}

export type ServerName = 'postgres' | 'nats' | 'redis';

const packageOf: Record<ServerName, string> = { postgres: 'postgresql', nats: 'nats-server', redis: 'redis-server' };
/** Since 2.10 a full subject list fits one consumer, and a stalled member of a queue group is noticed. */
const wantedNats = [2, 10];
/** The first Debian release whose nats-server is recent enough; a static program, it runs on older releases too. */
const releaseOfNats = 'trixie';

/** Finds the programs among those of the machine, else fetches Debian's packages into a private folder. */
export class Binaries {
  private readonly packages: DebianPackages;
  private readonly ownOnly = setting('PRIVATE_SERVERS') === '1';

  /** An older broker is better than none, once it is known that no newer one can be had. */
  private oldNatsToo = false;

  constructor(private readonly folder: string) {
    this.packages = new DebianPackages(folder);
  }

  async find(names: readonly ServerName[]): Promise<Record<ServerName, Program>> {
    const missing = (): ServerName[] => names.filter((name) => !this.look(name));
    if (missing().length > 0) {
      const text = `Fetching ${missing()
        .map((name) => packageOf[name])
        .join(', ')} from Debian`;
      // Two commands of one checkout share the folder: the second finds what the first fetched.
      await step(text, () => alone(join(this.folder, 'lock'), () => this.fetch(missing())));
    }
    return Object.fromEntries(names.map((name) => [name, this.look(name)])) as Record<ServerName, Program>;
  }

  private async fetch(missing: readonly ServerName[]): Promise<void> {
    let reason = 'the packages do not hold the expected programs';
    try {
      this.unpack(missing);
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    this.oldNatsToo = true;
    const still = missing.filter((name) => !this.look(name));
    if (still.length > 0) {
      throw new StackError(advice(still, reason));
    }
  }

  private unpack(missing: readonly ServerName[]): void {
    const release = debianRelease();
    if (!release) {
      throw new Error('this machine is not Debian');
    }
    const ordinary = missing.filter((name) => name !== 'nats').map((name) => packageOf[name]);
    if (ordinary.length > 0) {
      this.packages.install(release, ordinary);
    }
    if (missing.includes('nats')) {
      this.fetchNats(release);
    }
  }

  private fetchNats(release: string): void {
    try {
      this.packages.installAlone(release === 'bookworm' ? releaseOfNats : release, packageOf.nats);
    } catch {
      this.packages.installAlone(release, packageOf.nats);
    }
  }

  private look(name: ServerName): Program | undefined {
    const mine = this.inFolder(this.packages.root, name);
    const system = this.ownOnly ? undefined : this.inFolder('/', name);
    if (name === 'nats' && system && !recentEnough(versionOf(system))) {
      return mine ?? (this.oldNatsToo ? system : undefined);
    }
    return system ?? mine;
  }

  private inFolder(root: string, name: ServerName): Program | undefined {
    const path = candidates(root, name).find(executable);
    if (!path) {
      return undefined;
    }
    const libraries = root === '/' ? [] : libraryFolders(root);
    return { path, env: libraries.length > 0 ? { LD_LIBRARY_PATH: libraries.join(':') } : {} };
  }
}

function candidates(root: string, name: ServerName): string[] {
  if (name !== 'postgres') {
    const folders = ['usr/sbin', 'usr/bin', 'usr/local/bin', 'usr/local/sbin'].map((folder) => join(root, folder));
    const path = root === '/' ? (basics().PATH ?? '').split(':') : [];
    return [...folders, ...path].map((folder) => join(folder, packageOf[name]));
  }
  const versions = join(root, 'usr/lib/postgresql');
  const found = existsSync(versions) ? readdirSync(versions) : [];
  return found.sort((a, b) => Number(b) - Number(a)).map((version) => join(versions, version, 'bin/postgres'));
}

function libraryFolders(root: string): string[] {
  return ['usr/lib', 'lib']
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((folder) => folder.endsWith('-linux-gnu'));
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionOf(program: Program): string {
  return spawnSync(program.path, ['--version'], { encoding: 'utf8' }).stdout ?? '';
}

/** Whether `nats-server: v2.10.27` or the like is new enough. */
export function recentEnough(version: string): boolean {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(version) ?? [];
  const [wantedMajor = 0, wantedMinor = 0] = wantedNats;
  return Number(major) > wantedMajor || (Number(major) === wantedMajor && Number(minor) >= wantedMinor);
}

function advice(missing: readonly ServerName[], reason: string): string {
  const command = `sudo apt-get update && sudo apt-get install --yes ${missing.map((name) => packageOf[name]).join(' ')}`;
  return [
    `Some servers are missing and could not be fetched: ${reason}`,
    '',
    'Install them with this command and start again:',
    `  ${command}`,
    'or give the addresses of running ones: DATABASE_ADMIN_URL, NATS_URL, REDIS_URL.',
  ].join('\n');
}
