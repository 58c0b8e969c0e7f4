import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEVELOPMENT_TIME_ZONES } from '@open-cpo/platform';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { type App, apps } from '../../stack/apps';
import { setting } from '../../stack/environment';
import { places } from '../../stack/places';
import { brokerAccounts } from '../../stack/broker/users';
import { anyFree } from '../../stack/ports';
import { pause } from '../../stack/processes';
import { natsConfig, withPasswords } from '../../stack/servers/nats-config';
import { allConsumers as consumers, uses } from '../../broker/uses';
import { GuardedBroker } from '../../broker/test/guarded-broker';
import { setUpBroker } from '../../broker-setup/set-up';
import { checkout } from '../compose';
import { type Container, containersOf, isWorkload, type Workload } from '../manifest';
import { rendered } from '../render';
import { confined, whyNotConfined } from './confinement';
import { Replica } from './replica';

/** The apps that are built. */
export const built: readonly App[] = apps.filter(({ name }) =>
  existsSync(join(checkout, 'dist/apps', name, 'src/main.js')),
);

/** The production build, run as the manifests of the production overlay say. */
export class ProductionBuild {
  /** Why the processes are not locked in as they are in a cluster, if they are not. */
  readonly unconfined = whyNotConfined();
  private readonly workloads = rendered('overlays/production').filter(isWorkload);
  private readonly secrets = join(places(checkout, 'trials').home, `processes-${randomBytes(4).toString('hex')}`);
  private readonly databases: TestDatabase[] = [];
  private readonly running: ChildProcess[] = [];
  private broker?: GuardedBroker;

  /** Databases of their own, still empty, and what secrets hold. */
  async prepare(redisUrl: string): Promise<void> {
    mkdirSync(this.secrets);
    const names = (database: boolean): string =>
      apps
        .filter((one) => one.database === database)
        .map(({ name }) => name)
        .join(' ');
    const env = { DATABASES: names(true), CLIENTS: `${names(false)} operator charging setup` };
    const made = [join(checkout, 'deploy/compose/secrets.mjs'), this.secrets, join(checkout, 'deploy/nats/users.conf')];
    const { status, stderr } = spawnSync(process.execPath, made, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    for (const { name, database } of built) {
      this.put(name, 'redis-url', redisUrl);
      this.put(name, 'smtp-url', 'smtp://127.0.0.1:1');
      ['stripe-secret-key', 'stripe-webhook-secret'].forEach((key) => this.put(name, key, ''));
      if (database) await this.newDatabase(name);
    }
    await this.startBroker();
    for (const name of readdirSync(this.secrets)) chmodSync(join(this.secrets, name), 0o755);
  }

  /** A broker of its own: at another one the processes would share the calls of a platform that runs beside. */
  private async startBroker(): Promise<void> {
    const accounts = withPasswords(brokerAccounts(uses), (owner) => this.secret(owner, 'nats-password'));
    this.broker = await GuardedBroker.start((port, storeFolder) => natsConfig({ port, storeFolder, accounts }));
    const password = this.secret('setup', 'nats-password');
    await setUpBroker({ natsUrl: this.natsUrl, user: 'setup', password, consumers });
  }

  get natsUrl(): string {
    return this.broker?.url ?? '';
  }

  /** What the file of a secret holds. */
  secret(app: string, key: string): string {
    return readFileSync(join(this.secrets, app, key), 'utf8');
  }

  async remove(): Promise<void> {
    this.running.forEach((child) => child.kill('SIGKILL'));
    for (const database of this.databases) await database.drop();
    await this.broker?.stop();
    rmSync(this.secrets, { recursive: true, force: true });
  }

  /** Runs a one-shot container to its end; answers its exit code and what it complained about. */
  once(kind: 'Job' | 'Deployment', workload: string, app: string): [number | null, string] {
    const { spec } = this.workload(kind, workload);
    const [container] = containersOf(this.workload(kind, workload)) as [Container];
    const [program, ...args] = this.command(app, container);
    const secret = spec.template.spec.volumes?.find(({ name }) => name === 'secrets')?.secret?.secretName ?? app;
    const { status, stderr } = spawnSync(program, args, {
      cwd: checkout,
      env: this.environment(secret.replace(/-migration$/, '-owner'), container, 0, 0),
      encoding: 'utf8',
    });
    return [status, stderr];
  }

  /** Starts one more replica of an app, and waits until the probes of its manifest are content. */
  async launch(app: string): Promise<Replica> {
    const container = containersOf(this.workload('Deployment', app)).at(-1) as Container;
    const [health, port] = [await anyFree(), await anyFree()];
    const [program, ...args] = this.command(app, container);
    const child = spawn(program, args, {
      cwd: checkout,
      env: this.environment(app, container, health, port),
      stdio: 'pipe',
    });
    this.running.push(child);
    const replica = new Replica(child, health, port);
    for (const probe of [container.startupProbe, container.readinessProbe]) {
      while ((await replica.ask(probe?.httpGet?.path))?.status !== 200) {
        if (child.exitCode !== null) throw new Error(`${app} ended: ${replica.output}`);
        await pause(100);
      }
    }
    return replica;
  }

  private workload(kind: string, name: string): Workload {
    const found = this.workloads.find((one) => one.kind === kind && one.metadata.name === name);
    if (!found) throw new Error(`The production overlay has no ${kind} ${name}.`);
    return found;
  }

  private command(app: string, { args = ['main'] }: Container): [string, ...string[]] {
    const script = join(checkout, 'dist/apps', app, 'src', `${args[0]}.js`);
    const command: [string, ...string[]] = [process.execPath, script, ...args.slice(1)];
    return this.unconfined === undefined ? confined(command) : command;
  }

  /** The container's own variables; only addresses, ports and places of files are those of this machine. */
  private environment(folder: string, container: Container, health: number, port: number): NodeJS.ProcessEnv {
    const told = (container.env ?? []).map(({ name, value = '' }) => [
      name,
      value.replace('/secrets', join(this.secrets, folder)),
    ]);
    const here = {
      PATH: setting('PATH'),
      NATS_URL: this.natsUrl,
      HEALTH_PORT: String(health),
      PORT: String(port),
      // Several replicas share the network of this machine.
      CHARGERS_PORT: '0',
      // The servers of this machine have no certificates; `tools/broker/server-tls.it.spec.ts` has some that do.
      REQUIRE_TLS: 'false',
      NODE_EXTRA_CA_CERTS: '',
      // Its packages may be older than those of production.
      TIME_ZONE_DATA_MINIMUM: DEVELOPMENT_TIME_ZONES,
    };
    return { ...Object.fromEntries(told), ...here } as NodeJS.ProcessEnv;
  }

  private async newDatabase(name: string): Promise<void> {
    const database = await testDatabase(`run_${name}`);
    this.databases.push(database);
    this.put(name, 'database-url', database.url);
    this.put(`${name}-owner`, 'database-url', database.ownerUrl);
  }

  private put(app: string, key: string, text: string): void {
    rmSync(join(this.secrets, app, key), { force: true });
    writeFileSync(join(this.secrets, app, key), text, { mode: 0o644 });
  }
}
