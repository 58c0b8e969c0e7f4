import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { environment } from '@open-cpo/platform';

const SWC = JSON.stringify(resolve(__dirname, '../../../.swcrc'));

/** Compiles TypeScript while it is loaded, as jest does for the specs: before data of the same name. */
const LOADER = `
const { transformFileSync } = require('@swc/core');
const others = { ...require.extensions };
for (const extension of Object.keys(others)) delete require.extensions[extension];
require.extensions['.ts'] = (module, file) =>
  module._compile(transformFileSync(file, { configFile: ${SWC}, sourceMaps: 'inline' }).code, file);
Object.assign(require.extensions, others);
require(process.argv[1]);`;

/** A line of a process's log. */
export type Line = Record<string, unknown> & { msg: string };

/** A process of its own that runs a TypeScript file (its absolute path), and the lines of its log. */
export class Child {
  readonly lines: Line[] = [];
  stderr = '';
  private readonly process: ChildProcess;
  private readonly ended: Promise<unknown[]>;
  private awake = (): void => undefined;

  constructor(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
    this.process = spawn(process.execPath, ['--enable-source-maps', '-e', LOADER, file, ...args], {
      env: { PATH: environment().PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let rest = '';
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      this.lines.push(...lines.map((line) => JSON.parse(line) as Line));
      this.awake();
    });
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(this.process, 'close');
  }

  /** The first line with this message. @throws Error when the process ends without it */
  async line(msg: string): Promise<Line> {
    let over = false;
    void this.ended.then(() => {
      over = true;
      this.awake();
    });
    for (;;) {
      const found = this.lines.find((line) => line.msg === msg);
      if (found) return found;
      if (over) throw new Error(`Ended without "${msg}": ${JSON.stringify(this.lines)}${this.stderr}`);
      await new Promise<void>((resolve) => (this.awake = resolve));
    }
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Its exit code, or the signal that ended it. */
  async end(): Promise<number | string | null> {
    const [code, signal] = (await this.ended) as [number | null, string | null];
    return code ?? signal;
  }
}
