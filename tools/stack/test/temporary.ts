import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paint, say } from '../terminal';
import type { Tally } from './tally';

/** What programs keep for later runs wherever they find a temporary folder. */
const CACHES = /^(node-compile-cache|swc-native-\d+|v8-compile-cache.*|hsperfdata_.*|\.nx)$/;

/** The folder of temporary files of a test run, named by the process that runs it. */
const folderOf = (run: string): string => join(tmpdir(), `open-cpo-test-${run}`);

/** Makes the folder, which is for every user of the machine, as `/tmp` is; answers its path. */
export function makeTemporary(run: string): string {
  removeTemporary(run);
  const folder = folderOf(run);
  mkdirSync(folder);
  chmodSync(folder, 0o1777);
  return folder;
}

export function removeTemporary(run: string): void {
  rmSync(folderOf(run), { recursive: true, force: true });
}

/** Whether tests left nothing but caches in the folder: counts as a test of its own. */
export function leftNothing(run: string): Tally {
  const left = readdirSync(folderOf(run)).filter((name) => !CACHES.test(name));
  if (left.length === 0) return { passed: 1, failed: 0, skipped: 0 };
  const some = left.slice(0, 10).join(', ');
  const text = `Tests left ${left.length} files or folders in the temporary folder: ${some}`;
  say(`${paint(31, '✗')} ${text}`);
  return { passed: 0, failed: 1, skipped: 0, failures: [text] };
}
