import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inherited } from '../environment';
import { readJson } from '../files';
import { tallyOf, type JestReport, type Tally } from './tally';

/** Test files that the filters select, without running them. */
export function selectedFiles(checkout: string, filters: readonly string[]): string[] {
  const args = [jestPath(checkout), '--listTests', '--passWithNoTests', ...filters];
  const listed = spawnSync(process.execPath, args, { cwd: checkout, encoding: 'utf8', env: inherited({}) });
  return listed.stdout.split('\n').filter((line) => line.endsWith('.ts'));
}

export interface JestRun {
  readonly checkout: string;
  /** Paths, and options of Jest such as `-t name`. */
  readonly args: readonly string[];
  readonly variables: Record<string, string>;
  readonly reportFile: string;
  /** Ends the run early. */
  readonly stopped: Promise<unknown>;
}

/** Runs Jest with its own output and counts what came of it. */
export async function runJest(run: JestRun): Promise<Tally> {
  const args = ['--json', '--outputFile', run.reportFile, '--passWithNoTests', ...run.args];
  const child = spawn(process.execPath, [jestPath(run.checkout), ...args], {
    cwd: run.checkout,
    env: inherited({ NODE_ENV: 'test', ...run.variables }),
    // The report goes to the file; on the standard output it would only be repeated.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  void run.stopped.then(() => child.kill('SIGTERM'));
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (status) => resolve(status ?? 1));
  });
  return tallyOf(readJson<JestReport>(run.reportFile), code);
}

function jestPath(checkout: string): string {
  return join(checkout, 'node_modules/jest/bin/jest.js');
}
