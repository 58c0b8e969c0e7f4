import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { until } from '@open-cpo/testing';
import { basics, setting } from '../stack/environment';
import { anyFree } from '../stack/ports';
import { checkout } from './compose';

describe('the broker of a compose system', () => {
  let folder: string;
  let port: number;
  let process: ChildProcess | undefined;
  const file = (): string => join(folder, 'nats.conf');
  /** As the command does that makes the secrets: it is put in place of the one before. */
  const write = (users: string): void => {
    const text = `host: 127.0.0.1\nport: ${port}\njetstream { store_dir: "${folder}/store" }\n`;
    writeFileSync(`${file()}.new`, `${text}accounts { PLATFORM { jetstream: enabled, users: [${users}] } }\n`);
    renameSync(`${file()}.new`, file());
  };
  const user = (name: string, subject: string): string =>
    `{ user: ${name}, password: secret, permissions: { publish: ["${subject}"], subscribe: ["_INBOX.>"] } }`;
  const as = (name: string): Promise<NatsConnection> =>
    connect({ servers: `127.0.0.1:${port}`, user: name, pass: 'secret', reconnect: false });
  const lets = (name: string): Promise<boolean> =>
    as(name).then(
      async (connection) => (await connection.close(), true),
      () => false,
    );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'compose-broker-'));
    port = await anyFree();
    const programs = join(folder, 'bin');
    mkdirSync(programs);
    const program = setting('TEST_NATS_SERVER');
    if (program) symlinkSync(program, join(programs, 'nats-server'));
    else if (spawnSync('nats-server', ['--version']).error)
      throw new Error('There is no nats-server: run this test by `npm test -- tools/manifests/compose-broker`.');
    write(user('auth', 'facts.>'));
    const env = { ...basics(), PATH: `${programs}:${basics().PATH}` };
    const script = join(checkout, 'deploy/compose/nats.sh');
    process = spawn('/bin/sh', [script, file(), '0.1'], { env, stdio: 'ignore' });
    await until(() => lets('auth'));
  });
  afterAll(() => {
    if (process?.exitCode === null && process.signalCode === null) process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('learns of new users while it runs, and keeps the connections that it has', async () => {
    const connection = await as('auth');
    expect(await lets('chargers')).toBe(false);
    write([user('auth', 'facts.>'), user('chargers', 'facts.>')].join(', '));
    await until(() => lets('chargers'));
    await connection.flush();
    expect(connection.isClosed()).toBe(false);
    await connection.close();
  });

  it('ends on a signal', async () => {
    if (!process) throw new Error('The broker was not started.');
    const ended = once(process, 'exit');
    process.kill('SIGTERM');
    await ended;
    expect(await lets('auth')).toBe(false);
  });
});
