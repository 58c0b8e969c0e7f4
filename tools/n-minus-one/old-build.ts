import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { say, StackError, step } from '../stack/terminal';

/** A version that is built beside this one. */
export interface OldBuild {
  /** What was asked for, or the tag that was found. */
  readonly ref: string;
  readonly commit: string;
  /** Where its sources and `dist` are. */
  readonly checkout: string;
}

const LOCK = 'package-lock.json';

/** What a command prints. @throws StackError when it fails */
function output(cwd: string, program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new StackError(`${program} ${args.join(' ')} failed:\n${stderr ?? ''}`);
  return stdout.trim();
}

/** The newest release tag before this commit. @throws StackError where there is none */
export function lastRelease(checkout: string): string {
  const describe = ['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*'];
  const { status, stdout } = spawnSync('git', [...describe, 'HEAD^'], { cwd: checkout, encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  throw new StackError('There is no release tag before this commit; name a commit: n-minus-one -- HEAD~50');
}

/** Builds a commit of this repository in a folder below `.data`, which is kept for the next time. */
export async function oldBuild(checkout: string, ref: string): Promise<OldBuild> {
  const commit = output(checkout, 'git', ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  const all = join(checkout, '.data', 'n-minus-one');
  const place = join(all, commit.slice(0, 12));
  mkdirSync(all, { recursive: true });
  for (const other of readdirSync(all)) {
    if (join(all, other) !== place) rmSync(join(all, other), { recursive: true, force: true });
  }
  if (!existsSync(join(place, LOCK))) unpack(checkout, commit, place);
  if (sameLock(checkout, place) && !existsSync(join(place, 'node_modules'))) {
    symlinkSync(join(checkout, 'node_modules'), join(place, 'node_modules'), 'dir');
  }
  await step(`Building ${ref} (${commit.slice(0, 12)})`, async () => {
    say(output(place, process.execPath, ['tools/run.mjs', 'build']));
  });
  return { ref, commit, checkout: place };
}

/** A copy instead of a worktree: nothing is left behind in the repository's own folder. */
function unpack(checkout: string, commit: string, place: string): void {
  const archive = `${place}.tar`;
  mkdirSync(place, { recursive: true });
  output(checkout, 'git', ['archive', '--format=tar', '-o', archive, commit]);
  output(place, 'tar', ['-xf', archive]);
  rmSync(archive);
}

const sameLock = (one: string, other: string): boolean =>
  readFileSync(join(one, LOCK), 'utf8') === readFileSync(join(other, LOCK), 'utf8');
