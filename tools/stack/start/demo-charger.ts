import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { basics, setting } from '../environment';
import { ended, markOf, type ProcessMark, signal } from '../processes';
import { LinePrefixer } from '../supervisor/line-prefixer';
import { say } from '../terminal';
import { chargersUrl } from './app-environment';
import { nodeArguments } from './one-shot';

/** Milliseconds in which it tells the end of its session. */
const STOP_MS = 5000;

export interface DemoChargerOptions {
  readonly checkout: string;
  readonly gatewayPort: number;
  readonly chargersPort: number;
  /** Called when it has started and when it has ended. */
  readonly changed: () => void;
}

/** The simulated charger of `npm start`, a process of its own; one that ends by itself is not started again. */
export class DemoCharger {
  private child: ChildProcess | undefined;
  private stopping = false;

  constructor(private readonly options: DemoChargerOptions) {}

  get marks(): ProcessMark[] {
    const mark = this.child?.pid === undefined ? undefined : markOf(this.child.pid);
    return mark ? [mark] : [];
  }

  /** Unless it was switched off by `DEMO_CHARGER=off`. */
  start(): void {
    const { checkout, gatewayPort, chargersPort, changed } = this.options;
    const script = join(checkout, 'dist', 'tools', 'charger', 'demo.js');
    if (this.stopping || setting('DEMO_CHARGER') === 'off' || !existsSync(script)) return;
    const urls = { PUBLIC_URL: `http://localhost:${gatewayPort}`, CHARGERS_URL: chargersUrl(chargersPort) };
    // A process group of its own, as the apps have: Ctrl-C comes to the supervisor alone.
    const child = spawn(process.execPath, nodeArguments(script), {
      cwd: checkout,
      env: { ...basics(), ...urls },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      const lines = new LinePrefixer('demo charger | ', (text) => void process.stdout.write(text));
      stream.setEncoding('utf8').on('data', (chunk: string) => lines.push(chunk));
      stream.on('end', () => lines.end());
    }
    child.on('error', (error) => say(`The demo charger could not be started: ${error.message}`));
    child.on('exit', () => {
      if (!this.stopping) say('The demo charger has ended; the next start begins it again.');
      changed();
    });
    changed();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { marks } = this;
    marks.forEach((mark) => signal(mark, 'SIGTERM'));
    const left = await ended(marks, STOP_MS);
    left.forEach((mark) => signal(mark, 'SIGKILL'));
  }
}
