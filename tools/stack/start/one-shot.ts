import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../terminal';

/** A compiled script of an app, when the app has one. */
export function scriptOf(checkout: string, app: string, name: string): string | undefined {
  const file = join(checkout, 'dist', 'apps', app, 'src', `${name}.js`);
  return existsSync(file) ? file : undefined;
}

/**
 * Arguments of node for a compiled script, as in `deploy/Dockerfile`: stack traces name the TypeScript, and the young
 * generation has the size that Node 20 gave it. Node 24 lets it grow to 128 MB a process.
 */
export function nodeArguments(script: string): string[] {
  return ['--enable-source-maps', '--max-semi-space-size=16', '--expose-gc', script];
}

/** Runs a script to its end; its output is shown only when it fails. A `signal` ends it. */
export async function runToEnd(
  script: string,
  cwd: string,
  env: Record<string, string>,
  signal?: AbortSignal,
): Promise<void> {
  const options = { cwd, env, signal };
  const child = spawn(process.execPath, nodeArguments(script), { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new StackError(`${script} failed (${code ?? 'killed'}):\n${output.trim().split('\n').slice(-40).join('\n')}`);
  }
}
