import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { environment } from '@open-cpo/platform';
import { Client } from 'pg';
import { freePort } from './free-port';
import { packaged } from './packaged';
import { until } from './until';

const run = promisify(execFile);

/** A streaming replica of the PostgreSQL that tests use, to be paused, frozen and killed. */
export class Standby {
  private child?: ChildProcess;
  private readonly end = (): void => this.signal('SIGKILL');

  private constructor(
    private readonly primary: URL,
    private readonly folder: string,
    readonly port: number,
    private readonly user: { readonly uid: number; readonly gid: number },
  ) {}

  /** Copies the primary with `pg_basebackup` and follows it. */
  static async started(): Promise<Standby> {
    const url = environment().TEST_DATABASE_ADMIN_URL;
    if (!url) throw new Error('TEST_DATABASE_ADMIN_URL is not set: run the tests with `npm test`.');
    const [row] = await asked<{ data_directory: string }>(url, 'show data_directory');
    const data = row?.data_directory ?? '';
    const folder = join(dirname(data), `standby-${randomBytes(6).toString('hex')}`);
    // PostgreSQL refuses to run as root: it runs as the user of the primary.
    const { uid, gid } = statSync(data);
    mkdirSync(folder, { mode: 0o700 });
    if (process.getuid?.() === 0) chownSync(folder, uid, gid);
    const standby = new Standby(
      new URL(url),
      folder,
      await freePort(),
      process.getuid?.() === 0 ? { uid, gid } : own(),
    );
    const backup = ['--pgdata', folder, '--dbname', url, '--write-recovery-conf', '--checkpoint', 'fast', '--no-sync'];
    await run(standby.program('pg_basebackup'), backup, { ...standby.user, env: standby.env, cwd: '/' });
    await standby.start();
    return standby;
  }

  /** As `DATABASE_READ_HOST` takes it. */
  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  private get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts it where it does not run. */
  async start(): Promise<void> {
    if (this.isRunning) return;
    const settings = { port: this.port, listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
    const given = { ...settings, max_connections: 300, jit: 'off', timezone: 'UTC' };
    const args = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const options = { ...this.user, env: this.env, cwd: '/', stdio: 'ignore' as const };
    this.child = spawn(this.program('postgres'), ['-D', this.folder, ...args], options);
    process.once('exit', this.end);
    await until(() => this.ask('select 1').then(Boolean, () => false), 'the standby to answer');
  }

  /** What it was sent is kept and not shown. */
  async pause(): Promise<void> {
    await this.ask('select pg_wal_replay_pause()');
    const state = (): Promise<unknown[]> => this.ask(`select 1 where pg_get_wal_replay_pause_state() = 'paused'`);
    await until(async () => (await state()).length > 0, 'the replay to pause');
  }

  async resume(): Promise<void> {
    await this.ask('select pg_wal_replay_resume()');
  }

  /** Asks it as the administrator. */
  ask<T extends object = Record<string, unknown>>(text: string, database = 'postgres'): Promise<T[]> {
    const url = Object.assign(new URL(this.primary), { port: String(this.port), pathname: `/${database}` });
    return asked<T>(url.href, text);
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Ends it at once, with its connections. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || !this.isRunning) return;
    const gone = once(child, 'exit');
    // The postmaster ends its processes with SIGQUIT, without a checkpoint.
    child.kill('SIGCONT');
    child.kill('SIGQUIT');
    await gone;
    process.removeListener('exit', this.end);
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private program(name: string): string {
    return join(environment().TEST_POSTGRES_BIN ?? '/usr/bin', name);
  }

  private get env(): NodeJS.ProcessEnv {
    const { TEST_POSTGRES_BIN: programs = '/usr/bin', ...env } = environment();
    return packaged(programs, env);
  }
}

const own = () => ({ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });

async function asked<T extends object>(connectionString: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 60_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}
