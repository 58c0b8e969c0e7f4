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

/** Options of programs that keep below `.data` what they found, and look again at what has changed. */
const cached = (name: string): string[] => ['--cache', '--cache-location', `.data/checks/${name}`];
const incremental = (name: string): string[] => [
  '--incremental',
  '--tsBuildInfoFile',
  `.data/checks/${name}.tsbuildinfo`,
];

/** The checks beside the tests; `npm run lint` runs the same ones. */
export const checks: readonly Check[] = [
  {
    name: 'format',
    commands: [
      ['prettier', '--check', '--log-level', 'warn', ...cached('prettier'), '--cache-strategy', 'content', '.'],
    ],
  },
  {
    name: 'types',
    commands: [
      ['../typescript-native/bin/tsc', '--project', 'tsconfig.json', '--noEmit', ...incremental('types')],
      ['vue-tsc', '--project', 'apps/dashboard/tsconfig.json', '--noEmit', ...incremental('dashboard')],
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

/**
 * Runs every check, also after one that failed: each has its own findings. Lint takes as long as the others together,
 * and runs beside them. Answers which passed.
 */
export async function runChecks(checkout: string): Promise<{ name: string; passed: boolean }[]> {
  const run = async (some: readonly Check[]): Promise<{ name: string; passed: boolean }[]> => {
    const results = [];
    for (const check of some) results.push({ name: check.name, passed: await passes(check, checkout) });
    return results;
  };
  const [lint, others] = [checks.slice(-1), checks.slice(0, -1)];
  return (await Promise.all([run(others), run(lint)])).flat();
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
