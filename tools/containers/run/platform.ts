import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEVELOPMENT_TIME_ZONES } from '@open-cpo/platform';
import { anyFree } from '../../stack/ports';
import { StackError } from '../../stack/terminal';
import type { Engine } from '../engine/engine';
import { type Powers, powersIn } from './facts';
import { serverImages, type StandIn } from './images';
import { makeSecrets } from './secrets-folder';
import { until } from './until';
import { lockedIn, workloadOf } from './workload';

const network = 'open-cpo-data';

/** The platform in containers, each app locked in as Kubernetes does it. */
export class Platform {
  private readonly secrets: string;
  /** Where the gateway answers. */
  url = '';

  constructor(
    private readonly engine: Engine,
    private readonly checkout: string,
  ) {
    this.secrets = join(engine.folders.temporary, 'secrets');
  }

  /** Servers, and a database for each service. */
  async startServers(): Promise<void> {
    await this.engine.clear();
    await makeSecrets(this.checkout, this.secrets);
    await this.engine.podman('network', 'create', network);
    const images = serverImages(this.checkout);
    await this.server('postgres', images.postgres, ['--env=POSTGRES_PASSWORD_FILE=/secrets/postgres-password']);
    await this.server(
      'nats',
      images.nats,
      ['--network-alias=nats.open-cpo-data.svc'],
      ['--config', '/secrets/nats.conf'],
    );
    await this.server('redis', images.redis, [], ['redis-server', '/secrets/redis.conf']);
    await this.server('mail', images.mail);
    const psql = `PGPASSWORD="$(cat /secrets/postgres-password)" psql -v ON_ERROR_STOP=1 -q -h 127.0.0.1 -U postgres -f /secrets/databases.sql`;
    const ready = async () =>
      (await this.engine.tryPodman('exec', 'postgres', 'pg_isready', '-h', '127.0.0.1')).code === 0;
    await until('PostgreSQL', ready, () => this.engine.log('postgres'));
    await this.engine.podman('exec', 'postgres', 'sh', '-ec', psql);
  }

  private server(name: StandIn, image: string, options: string[] = [], command: string[] = []): Promise<string> {
    const common = [
      '--detach',
      '--replace',
      `--name=${name}`,
      `--network=${network}`,
      ...(name === 'mail' ? [] : [`--volume=${join(this.secrets, name)}:/secrets:ro`]),
    ];
    return this.engine.podman('run', ...common, ...options, image, ...command);
  }

  private arguments(app: string, folder = app): string[] {
    const workload = workloadOf(this.checkout, app);
    // The servers are made of this machine's packages, whose time zone data may be older than production's.
    const env = { ...workload.env, TIME_ZONE_DATA_MINIMUM: DEVELOPMENT_TIME_ZONES };
    return [`--network=${network}`, ...lockedIn({ ...workload, env }, join(this.secrets, folder))];
  }

  /** A one-shot of an app (`migrate`, `demo`) that ends by itself; answers its log. @throws StackError when it fails */
  async once(app: string, words: readonly string[], options: readonly string[] = []): Promise<string> {
    const folder = words.join(' ') === 'migrate' ? `${app}-owner` : app;
    return this.engine.podman('run', '--rm', ...this.arguments(app, folder), ...options, `open-cpo/${app}`, ...words);
  }

  /** Makes streams and consumers, without which no app becomes ready. @throws StackError when it fails */
  setUpBroker(): Promise<string> {
    const { env, user } = workloadOf(this.checkout, 'worker');
    const own = { NATS_URL: env.NATS_URL ?? '', NATS_USER: 'setup', NATS_PASSWORD_FILE: '/secrets/nats-password' };
    const locked = lockedIn({ env: own, memory: '256m', user }, join(this.secrets, 'setup'));
    const program = ['--enable-source-maps', '/app/dist/tools/broker-setup/main.js'];
    const args = ['--rm', `--network=${network}`, ...locked, '--entrypoint=node', 'open-cpo/operator', ...program];
    return this.engine.podman('run', ...args);
  }

  /** Starts an app under a name. */
  async start(app: string, name = app, words: readonly string[] = []): Promise<void> {
    const published: string[] = [];
    if (app === 'gateway') {
      const port = await anyFree();
      published.push(`--publish=127.0.0.1:${port}:3000`);
      this.url = `http://127.0.0.1:${port}`;
    }
    const args = ['--detach', '--replace', `--name=${name}`, ...published, ...this.arguments(app)];
    await this.engine.podman('run', ...args, `open-cpo/${app}`, ...words);
  }

  /** Waits until the image's own health check is content. */
  async healthy(name: string): Promise<void> {
    const asked = async (): Promise<boolean> => {
      if ((await this.engine.tryPodman('healthcheck', 'run', name)).code === 0) return true;
      if (!(await this.engine.inspect<boolean>(name, '.State.Running'))) {
        throw new StackError(`${name} ended:\n${await this.engine.log(name)}`);
      }
      return false;
    };
    await until(`The health of ${name}`, asked, () => this.engine.log(name));
  }

  /** What the kernel lets the first process of a container do. */
  async powers(name: string): Promise<Powers> {
    const pid = await this.engine.inspect<number>(name, '.State.Pid');
    return powersIn(readFileSync(`/proc/${pid}/status`, 'utf8'));
  }

  /** Ends a container as Kubernetes does; answers its exit code. */
  async end(name: string): Promise<number> {
    await this.engine.podman('kill', '--signal=TERM', name);
    return Number(await this.engine.podman('wait', name));
  }

  /** What an operator types, in a container as locked in as the apps are. */
  operator(...words: string[]): Promise<string> {
    const { env, user } = workloadOf(this.checkout, 'worker');
    const files = { NATS_PASSWORD_FILE: '/secrets/nats-password', CALL_KEYS_FILE: '/secrets/call-keys' };
    const own = { NATS_URL: env.NATS_URL ?? '', NATS_USER: 'operator', ...files };
    const locked = lockedIn({ env: own, memory: '256m', user }, join(this.secrets, 'operator'));
    return this.engine.podman('run', '--rm', `--network=${network}`, ...locked, 'open-cpo/operator', ...words);
  }
}
