import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '@open-cpo/platform';
import { until } from './until';

/** The shell ends the server when its standard input closes, so that a killed test run leaves no server behind. */
const GUARD = '"$@" >/dev/null 2>&1 & echo $!; cat >/dev/null; kill -KILL $! 2>/dev/null';

/** A NATS server with JetStream that belongs to one test file. */
export class TestBroker {
  private guard?: ChildProcess;
  private pid = 0;
  private port = -1;

  private constructor(private readonly folder: string) {}

  static async start(): Promise<TestBroker> {
    const broker = new TestBroker(await mkdtemp(join(tmpdir(), 'broker-')));
    try {
      await broker.open();
    } catch (error) {
      await broker.stop();
      throw error;
    }
    return broker;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Ends it at once, as a crash does; what JetStream has stored stays. */
  async kill(): Promise<void> {
    const { guard } = this;
    this.guard = undefined;
    if (!guard || guard.exitCode !== null) return;
    const gone = new Promise((resolve) => guard.once('exit', resolve));
    guard.stdin?.end();
    await gone;
  }

  /** Starts it again on the same port, with what JetStream had stored. */
  async restart(): Promise<void> {
    await this.kill();
    await this.open();
  }

  /** Freezes it: connections stay open and nothing is answered. */
  pause(): void {
    process.kill(this.pid, 'SIGSTOP');
  }

  resume(): void {
    process.kill(this.pid, 'SIGCONT');
  }

  /** Ends it and removes what it stored. */
  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async open(): Promise<void> {
    const program = environment().TEST_NATS_SERVER ?? 'nats-server';
    const ports = await mkdtemp(join(this.folder, 'ports-'));
    const store = join(this.folder, 'store');
    const options = ['-a', '127.0.0.1', '-p', String(this.port), '-js', '-sd', store, '--ports_file_dir', ports];
    const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', program, ...options], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.guard = guard;
    this.pid = await new Promise<number>((resolve) => {
      guard.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())));
    });
    const file = await until(async () => {
      const alive = isAlive(this.pid);
      const found = (await readdir(ports))[0];
      if (!found && !alive) throw new Error(`${program} does not start; TEST_NATS_SERVER names another program.`);
      return found;
    });
    const read = async (): Promise<string> => readFile(join(ports, file), 'utf8').catch(() => '');
    const text = await until(async () => (await read()) || undefined);
    this.port = Number(/"nats:\/\/127\.0\.0\.1:(\d+)"/.exec(text)?.[1]);
  }
}

/** Starts a NATS server with JetStream on a free port of 127.0.0.1; the program is `TEST_NATS_SERVER` or on the path. */
export const testBroker = (): Promise<TestBroker> => TestBroker.start();

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
