import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { isForbidden } from '@open-cpo/messaging';
import { setting } from '../../stack/environment';
import { anyFree } from '../../stack/ports';
import { pause } from '../../stack/processes';

/** Ends the server when the test process ends, however that happens. */
const GUARD = '"$@" & trap "" TERM; cat >/dev/null; kill -KILL $! 2>/dev/null';

/** A broker that runs a given configuration. */
export class GuardedBroker {
  private readonly connections: NatsConnection[] = [];

  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly guard: ChildProcess,
  ) {}

  /** `configuration` gets a free port and a folder for JetStream. */
  static async start(configuration: (port: number, storeFolder: string) => string): Promise<GuardedBroker> {
    const folder = mkdtempSync(join(tmpdir(), 'guarded-'));
    const port = await anyFree();
    const file = join(folder, 'nats.conf');
    writeFileSync(file, configuration(port, join(folder, 'store')));
    const program = setting('TEST_NATS_SERVER') ?? 'nats-server';
    const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', program, '--config', file], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const output = { text: '' };
    guard.stderr.on('data', (chunk) => (output.text += String(chunk)));
    const broker = new GuardedBroker(`nats://127.0.0.1:${port}`, folder, guard);
    while (!output.text.includes('Server is ready')) {
      if (guard.exitCode !== null || /\[FTL\]|nats-server:/.test(output.text)) {
        await broker.stop();
        throw new Error(output.text);
      }
      await pause(20);
    }
    return broker;
  }

  /** A connection as an app makes it. */
  async as(user: string, password: string, options: ConnectionOptions = {}): Promise<NatsConnection> {
    const who = { user, pass: password, inboxPrefix: `_INBOX_${user}`, reconnect: false, ...options };
    const connection = await connect({ servers: this.url, ...who });
    this.connections.push(connection);
    return connection;
  }

  async stop(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.close()));
    if (this.guard.exitCode === null) {
      const gone = new Promise((resolve) => this.guard.once('exit', resolve));
      this.guard.stdin?.end();
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whether the broker lets a message through; who would have got it does not matter. */
export async function mayPublish(connection: NatsConnection, subject: string): Promise<boolean> {
  try {
    await connection.request(subject, '', { timeout: 2000 });
  } catch (error) {
    return !isForbidden(error);
  }
  return true;
}

/** Whether the broker accepts a subscription. */
export async function mayListen(connection: NatsConnection, subject: string, queue?: string): Promise<boolean> {
  let refused = false;
  const subscription = connection.subscribe(subject, { queue, callback: (error) => void (refused ||= error !== null) });
  void subscription.closed.then((error: unknown) => (refused ||= error instanceof Error));
  await connection.flush();
  await pause(5);
  subscription.unsubscribe();
  return !refused;
}
