import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { basics } from '../environment';
import { StackError } from '../terminal';
import type { Program } from './binaries';
import { giveTo, type ServerUser } from './server-user';
import type { ServerPlan } from './running-server';

export interface PostgresOptions {
  readonly program: Program;
  readonly folder: string;
  readonly user: ServerUser | undefined;
  readonly port: number;
  readonly password: string;
  /** Test data may be lost: no waiting for the disk. */
  readonly forgetful: boolean;
}

/** The address for the superuser of a private cluster. */
export function postgresUrl(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** Makes the cluster when there is none, and says how to run it. */
export async function planPostgres(options: PostgresOptions): Promise<ServerPlan> {
  const data = join(options.folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    await createCluster(options, data);
  }
  return {
    name: 'PostgreSQL',
    program: options.program,
    args: ['-D', data, ...settings(options)],
    user: options.user,
    logFile: join(options.folder, 'postgres.log'),
    // "Fast shutdown": ends connections and leaves clean files.
    stopSignal: 'SIGINT',
    answers: () => canConnect(postgresUrl(options.port, options.password)),
  };
}

function settings(options: PostgresOptions): string[] {
  const lossy = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const values: Record<string, string | number> = {
    port: options.port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(options.forgetful ? lossy : {}),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function createCluster(options: PostgresOptions, data: string): Promise<void> {
  const passwordFile = join(options.folder, 'password');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  giveTo(options.user, options.folder);
  const args = ['-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  // With the plain C locale, searching without regard to case would miss every letter that is not ASCII.
  args.push('--encoding=UTF8', '--locale=C.UTF-8', ...(options.forgetful ? ['--no-sync'] : []));
  const { user, program } = options;
  try {
    await promisify(execFile)(join(dirname(program.path), 'initdb'), args, {
      cwd: '/',
      env: { ...basics(), LC_ALL: 'C.UTF-8', ...program.env },
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    const { message, stderr } = error as Error & { readonly stderr?: string };
    throw new StackError(`initdb failed: ${stderr || message}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function canConnect(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  // Without a listener a connection that breaks later would end this process.
  client.on('error', () => undefined);
  await client.connect();
  await client.end();
}
