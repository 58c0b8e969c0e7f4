import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basics } from '../environment';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The Debian release of this machine ("bookworm"), or undefined on anything else. */
export function debianRelease(file = '/etc/os-release'): string | undefined {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const field = (name: string) => new RegExp(`^${name}="?([^"\\n]+)"?$`, 'm').exec(text)?.[1];
  return field('ID') === 'debian' ? field('VERSION_CODENAME') : undefined;
}

/** The mirror that the machine's own apt uses, so that a company's mirror is respected. */
export function debianMirror(sources: string): string {
  const found = /^(?:URIs:|deb(?:\s+\[[^\]]*\])?)\s*(https?:\/\/\S+\/debian)\/?(?:\s|$)/m.exec(sources)?.[1];
  return found ?? 'http://deb.debian.org/debian';
}

/** The sources of one release as apt's one-line format. */
export function sourceLines(release: string, mirror: string): string {
  const line = (uri: string, suite: string) => `deb [signed-by=${keyring}] ${uri} ${suite} main\n`;
  return line(mirror, release) + line(mirror, `${release}-updates`) + line(`${mirror}-security`, `${release}-security`);
}

/**
 * Packages fetched by the machine's apt, signatures checked, and unpacked into a private folder:
 * no root needed, nothing installed, no maintainer script run, so no server of the system is started or touched.
 */
export class DebianPackages {
  private readonly log: string;

  constructor(private readonly folder: string) {
    this.log = join(folder, 'apt.log');
  }

  /** The folder that stands for `/` of what was unpacked. */
  get root(): string {
    return join(this.folder, 'root');
  }

  /** Unpacks the packages with those of their dependencies that the machine lacks. */
  install(release: string, names: readonly string[]): void {
    this.prepare(release);
    const only = ['--no-install-recommends', '--download-only', '--yes'];
    this.apt(release, ['install', ...only, ...names]);
    this.unpack(release);
  }

  /** Unpacks one package of another release without dependencies: for programs that are one static file. */
  installAlone(release: string, name: string): void {
    this.prepare(release);
    this.apt(release, ['download', name], this.archives(release));
    this.unpack(release);
  }

  private prepare(release: string): void {
    for (const part of ['lists/partial', 'cache/archives/partial']) {
      mkdirSync(join(this.folder, release, part), { recursive: true });
    }
    mkdirSync(this.root, { recursive: true });
    writeFileSync(join(this.folder, release, 'sources.list'), sourceLines(release, debianMirror(ownSources())));
    this.apt(release, ['update']);
  }

  private archives(release: string): string {
    return join(this.folder, release, 'cache/archives');
  }

  private apt(release: string, args: readonly string[], cwd = this.folder): void {
    const own = join(this.folder, release);
    const options = {
      'Dir::Etc::SourceList': join(own, 'sources.list'),
      'Dir::Etc::SourceParts': '-',
      'Dir::State::lists': join(own, 'lists'),
      'Dir::Cache': join(own, 'cache'),
      'Dir::Cache::archives': join(own, 'cache/archives'),
      'Debug::NoLocking': '1',
      'Acquire::Retries': '3',
      'APT::Update::Error-Mode': 'any',
    };
    const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    this.run('apt-get', ['-q', ...flags, ...args], cwd);
  }

  private unpack(release: string): void {
    const archives = this.archives(release);
    for (const file of readdirSync(archives).filter((name) => name.endsWith('.deb'))) {
      this.run('dpkg', ['-x', join(archives, file), this.root], this.folder);
    }
    // Lists and archives are large, and wanted once only.
    rmSync(join(this.folder, release), { recursive: true, force: true });
  }

  private run(program: string, args: readonly string[], cwd: string): void {
    const env = { ...basics(), DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
    const result = spawnSync(program, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 26 });
    const output = `${result.stdout ?? ''}${result.stderr ?? ''}`;
    writeFileSync(this.log, `$ ${program} ${args.join(' ')}\n${output}\n`, { flag: 'a' });
    if (result.status !== 0) {
      const last = output.trim().split('\n').slice(-3).join('\n');
      throw new Error(`${program} ${args.at(-1)} failed (all of it in ${this.log}):\n${result.error?.message ?? last}`);
    }
  }
}

/** What apt reads its sources from, as one text. */
export function ownSources(): string {
  const folder = '/etc/apt/sources.list.d';
  const parts = existsSync(folder) ? readdirSync(folder).sort() : [];
  const files = ['/etc/apt/sources.list', ...parts.map((name) => join(folder, name))];
  return files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n');
}
