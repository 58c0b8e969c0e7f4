import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { inherited } from '../environment';
import { paint, say } from '../terminal';

/** A check over the whole checkout that counts as one test. */
export interface Check {
  readonly name: string;
  /** Programs of node_modules with their arguments, one after the other. */
  readonly commands: readonly (readonly string[])[];
}

const nx = { NX_DAEMON: 'false', NX_TUI: 'false', NX_INTERACTIVE: 'false', NX_NO_CLOUD: 'true' };

/** The checks beside the tests; `npm run lint` runs the same ones. */
export const checks: readonly Check[] = [
  { name: 'format', commands: [['prettier', '--check', '--log-level', 'warn', '.']] },
  {
    name: 'types',
    commands: [
      ['../typescript-native/bin/tsc', '--project', 'tsconfig.json', '--noEmit'],
      ['vue-tsc', '--project', 'apps/dashboard/tsconfig.json', '--noEmit'],
    ],
  },
  {
    name: 'lint',
    commands: [
      // With a stale project graph, forbidden imports would pass.
      ['nx', 'reset', '--only-workspace-data'],
      ['nx', 'show', 'projects'],
      // One process for all projects: each of its own would load all types again, which takes five times as long.
      ['eslint', '**/*.{ts,vue}', '--max-warnings', '0'],
    ],
  },
];

/** Runs every check, also after one that failed: each has its own findings. */
export async function allPass(checkout: string): Promise<boolean> {
  let all = true;
  for (const check of checks) all = (await passes(check, checkout)) && all;
  return all;
}

/** Runs a check; its output is shown only when it fails. */
export async function passes(check: Check, checkout: string): Promise<boolean> {
  const began = Date.now();
  for (const [program = '', ...args] of check.commands) {
    const { code, output } = await run(join(checkout, 'node_modules/.bin', program), args, checkout);
    if (code !== 0) {
      say(`${output.trimEnd()}\n${paint(31, '✗')} ${check.name}`);
      return false;
    }
  }
  say(`${paint(32, '✓')} ${check.name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return true;
}

async function run(program: string, args: readonly string[], cwd: string): Promise<{ code: number; output: string }> {
  const child = spawn(program, args, { cwd, env: inherited(nx), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const code = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
  return { code, output };
}
