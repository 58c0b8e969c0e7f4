import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connect } from 'node:tls';
import type { Certificate } from '@open-cpo/testing';
import { anyFree } from '../../stack/ports';
import { places } from '../../stack/places';
import { Binaries } from '../../stack/servers/binaries';
import { natsConfig, oneAccount } from '../../stack/servers/nats-config';
import { planPostgres } from '../../stack/servers/postgres';
import { RunningServer, type ServerPlan } from '../../stack/servers/running-server';
import { giveTo } from '../../stack/servers/server-user';
import { GuardedBroker } from './guarded-broker';

const PASSWORD = 'secret';
const USERS = [{ name: 'gateway', password: PASSWORD, publish: ['>'], subscribe: ['>'] }];

/** PostgreSQL, Redis and NATS that speak TLS alone, with one certificate. */
export class TlsServers {
  private readonly running: RunningServer[] = [];
  private broker?: GuardedBroker;
  private folder = '';
  private readonly ports = { postgres: 0, redis: 0 };

  /** The addresses by a name of this machine. */
  urls(host: string): Record<'postgres' | 'redis' | 'nats', string> {
    const { postgres, redis } = this.ports;
    return {
      postgres: `postgres://postgres:${PASSWORD}@${host}:${postgres}/postgres?sslmode=verify-full`,
      redis: `rediss://${host}:${redis}`,
      nats: `tls://${host}:${new URL(this.broker?.url ?? '').port}`,
    };
  }

  async start(certificate: Certificate): Promise<void> {
    const all = places(resolve(__dirname, '../../..'), 'trials');
    mkdirSync(all.servers, { recursive: true });
    this.folder = mkdtempSync(join(all.servers, 'tls-'));
    chmodSync(this.folder, 0o755);
    const { postgres, redis } = await new Binaries(all.packages).find(['postgres', 'redis']);
    Object.assign(this.ports, { postgres: await anyFree(), redis: await anyFree() });
    const folderOf = (name: string): string => {
      const folder = join(this.folder, name);
      mkdirSync(folder);
      copyFileSync(certificate.cert, join(folder, 'server.crt'));
      copyFileSync(certificate.key, join(folder, 'server.key'));
      giveTo(all.user, folder);
      return folder;
    };
    const user = all.user;
    await this.run(await this.postgresPlan(folderOf('postgres'), { program: postgres, user }));
    await this.run(this.redisPlan(folderOf('redis'), { program: redis, user }));
    this.broker = await GuardedBroker.start(
      (port, storeFolder) =>
        `${natsConfig({ port, storeFolder, accounts: oneAccount(USERS) })}tls { cert_file: "${certificate.cert}", key_file: "${certificate.key}" }\n`,
    );
  }

  async stop(): Promise<void> {
    await this.broker?.stop();
    await Promise.all(this.running.map((server) => server.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async run(plan: ServerPlan): Promise<void> {
    const server = new RunningServer(plan);
    this.running.push(server);
    await server.start();
  }

  private async postgresPlan(folder: string, by: Pick<ServerPlan, 'program' | 'user'>): Promise<ServerPlan> {
    const plan = await planPostgres({ ...by, folder, port: this.ports.postgres, password: PASSWORD, forgetful: true });
    const files = { ssl: 'on', ssl_cert_file: join(folder, 'server.crt'), ssl_key_file: join(folder, 'server.key') };
    return {
      ...plan,
      args: [...plan.args, ...Object.entries(files).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    };
  }

  private redisPlan(folder: string, by: Pick<ServerPlan, 'program' | 'user'>): ServerPlan {
    const port = this.ports.redis;
    const tls = ['--tls-port', String(port), '--tls-cert-file', join(folder, 'server.crt'), '--tls-auth-clients', 'no'];
    const trust = ['--tls-key-file', join(folder, 'server.key'), '--tls-ca-cert-file', join(folder, 'server.crt')];
    const keeping = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];
    return {
      ...by,
      name: 'Redis',
      args: ['--port', '0', '--bind', '127.0.0.1', '--dir', folder, ...keeping, ...tls, ...trust],
      logFile: join(folder, 'redis.log'),
      stopSignal: 'SIGTERM',
      answers: () => greeted(port),
    };
  }
}

/** Resolves when somebody speaks TLS at a port. */
const greeted = (port: number): Promise<void> =>
  new Promise((done, failed) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      socket.destroy();
      done();
    });
    socket.on('error', failed);
  });
