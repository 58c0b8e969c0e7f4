import { spawn, spawnSync } from 'node:child_process';

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

/** The same beside other work: answers at once, and calls back with an error text, or without one when all went well. */
export function runBeside(cwd, text, program, args, done) {
  const started = Date.now();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (output += part));
  child.on('error', (error) => (output += error.message));
  child.on('close', (code) => {
    if (code !== 0) return done(`${program} ${args.join(' ')} failed\n${output}`);
    process.stdout.write(`✓ ${text} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    done();
  });
}

/** Runs a program to its end; its output is shown only when it fails, which ends this process. */
export function run(cwd, program, args) {
  const result = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.status !== 0) {
    fail(`${program} ${args.join(' ')} failed\n${result.error?.message ?? ''}${result.stdout}${result.stderr}`);
  }
}
