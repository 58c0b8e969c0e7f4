import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basics } from '../environment';
import { ended, markOf, pause, signal, type ProcessMark } from '../processes';
import { StackError } from '../terminal';
import type { Program } from './binaries';
import type { ServerUser } from './server-user';

/** How to run one server. */
export interface ServerPlan {
  readonly name: string;
  readonly program: Program;
  readonly args: readonly string[];
  readonly user: ServerUser | undefined;
  readonly logFile: string;
  readonly stopSignal: NodeJS.Signals;
  /** Rejects while the server does not answer yet. */
  readonly answers: () => Promise<void>;
}

/** A server process of ours: started, waited for, stopped. */
export class RunningServer {
  private child: ChildProcess | undefined;
  private stopping = false;

  constructor(
    private readonly plan: ServerPlan,
    private readonly onDeath: (name: string) => void = () => undefined,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  get mark(): ProcessMark | undefined {
    return this.child?.pid === undefined ? undefined : markOf(this.child.pid);
  }

  /** Spawns the process and waits until it answers. */
  async start(): Promise<void> {
    this.stopping = false;
    const { program, args, user, logFile } = this.plan;
    const log = openSync(logFile, 'a', 0o600);
    // What it writes is its own user's to read, whatever the mask of this process is.
    const mask = process.umask(0o077);
    // A process group of its own: Ctrl-C in the terminal must reach the services first, the servers last.
    this.child = spawn(program.path, args, {
      cwd: '/',
      env: { ...basics(), LC_ALL: 'C.UTF-8', ...program.env },
      stdio: ['ignore', log, log],
      detached: true,
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
    process.umask(mask);
    closeSync(log);
    let spawnError: Error | undefined;
    this.child.on('error', (error) => (spawnError = error));
    this.child.on('exit', () => this.stopping || this.onDeath(this.plan.name));
    await this.answering(() => spawnError);
  }

  /** Asks it to end, waits, and ends it by force when it does not listen. */
  async stop(withinMs = 10_000): Promise<void> {
    this.stopping = true;
    const mark = this.mark;
    if (!mark) {
      return;
    }
    signal(mark, this.plan.stopSignal);
    for (const left of await ended([mark], withinMs)) {
      signal(left, 'SIGKILL');
      await ended([left], 5_000);
    }
  }

  private async answering(spawnError: () => Error | undefined): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      if (spawnError() || this.child?.exitCode !== null) {
        break;
      }
      try {
        await this.plan.answers();
        return;
      } catch {
        await pause(attempt < 100 ? 20 : 100);
      }
    }
    this.stopping = true;
    const log = readFileSync(this.plan.logFile, 'utf8').trim().split('\n').slice(-8).join('\n');
    throw new StackError(
      `${this.plan.name} did not start: ${spawnError()?.message ?? ''}\n${log}\n(${this.plan.logFile})`,
    );
  }
}

/** Sends a line to a port and resolves when the answer matches. */
export function exchange(port: number, send: string, expected: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let received = '';
    socket.setTimeout(2_000, () => socket.destroy(new Error('no answer')));
    socket.on('connect', () => socket.write(send));
    socket.on('data', (data) => {
      received += data.toString('latin1');
      if (expected.test(received)) {
        socket.destroy();
        resolve();
      }
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('closed')));
  });
}
