import { spawnSync } from 'node:child_process';

/** Ends the process with one sentence. */
export function fail(text) {
  process.stderr.write(`\n✗ ${text}\n`);
  process.exit(1);
}

/** Shows that something takes a while, and how long it took. */
export function step(text, work) {
  const started = Date.now();
  process.stdout.write(`… ${text}\n`);
  work();
  process.stdout.write(`✓ ${text} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
}

/** Runs a program to its end; its output is shown only when it fails, which ends this process. */
export function run(cwd, program, args) {
  const result = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.status !== 0) {
    fail(`${program} ${args.join(' ')} failed\n${result.error?.message ?? ''}${result.stdout}${result.stderr}`);
  }
}
