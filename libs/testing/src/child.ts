import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { environment } from '@open-cpo/platform';
import { until } from './until';

const ROOT = resolve(__dirname, '../../..');

/** Compiles TypeScript while it is loaded, as jest does for the specs. */
const LOADER = `
const { transformFileSync } = require('@swc/core');
require.extensions['.ts'] = (module, file) =>
  module._compile(transformFileSync(file, { configFile: ${JSON.stringify(resolve(ROOT, '.swcrc'))} }).code, file);
require(process.argv[1]);`;

/** A process of its own that runs a TypeScript file of this repository. */
export class TestProcess {
  private output = '';
  private readonly ended: Promise<number | NodeJS.Signals>;

  constructor(private readonly child: ChildProcess) {
    const collect = (text: Buffer): void => void (this.output += text.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.ended = new Promise((end) => child.once('exit', (code, signal) => end(signal ?? code ?? 0)));
  }

  /** Waits until it has written something. */
  async says(text: string): Promise<void> {
    await until(() => {
      if (this.child.exitCode !== null) throw new Error(`Ended before it said "${text}":\n${this.output}`);
      return this.output.includes(text);
    }, text);
  }

  /** Sends a signal: SIGSTOP freezes it, SIGCONT lets it go on. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Sends a signal and answers the exit code, or the signal that ended it. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** Runs a TypeScript file (its absolute path) with variables added to the environment. */
export function startTestProcess(file: string, env: NodeJS.ProcessEnv): TestProcess {
  const options = { cwd: ROOT, env: { ...environment(), ...env } };
  return new TestProcess(spawn(process.execPath, ['-e', LOADER, file], options));
}
