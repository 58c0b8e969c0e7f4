import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { environment } from '@open-cpo/platform';

const checkout = resolve(__dirname, '../../..');
/** What was compiled is kept here for the next process, with its bytecode in a folder of its own. */
const CACHE = join(checkout, '.data/jest/processes');

/** Compiles TypeScript while it is loaded, as jest does for the specs: before data of the same name. */
const LOADER = `
const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { flushCompileCache } = require('node:module');
const swc = require('@swc/core');
const [cache, configFile] = ${JSON.stringify([CACHE, join(checkout, '.swcrc')])};
const configuration = swc.version + readFileSync(configFile, 'utf8');
const compiled = (file) => {
  const source = readFileSync(file, 'utf8');
  const kept = cache + '/' + createHash('sha256').update(configuration + file + source).digest('hex') + '.js';
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { code } = swc.transformSync(source, { configFile, filename: file, sourceMaps: 'inline' });
    mkdirSync(cache, { recursive: true });
    const mine = kept + randomUUID();
    writeFileSync(mine, code);
    renameSync(mine, kept);
    return code;
  }
};
const others = { ...require.extensions };
for (const extension of Object.keys(others)) delete require.extensions[extension];
require.extensions['.ts'] = (module, file) => module._compile(compiled(file), file);
Object.assign(require.extensions, others);
require(process.argv[1]);
flushCompileCache();`;

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
      env: { PATH: environment().PATH, NODE_COMPILE_CACHE: join(CACHE, 'bytecode'), ...env },
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
