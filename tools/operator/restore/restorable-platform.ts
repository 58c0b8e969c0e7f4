import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { presentApps } from '../../stack/apps';
import { places, type Places } from '../../stack/places';
import { choosePorts } from '../../stack/ports';
import { Secrets } from '../../stack/secrets';
import { Servers } from '../../stack/servers/servers';
import { databaseOf, type StackFacts } from '../../stack/start/app-environment';
import { databaseUrl } from '../../stack/start/databases';
import { Platform } from '../../stack/start/platform';
import { Fleet } from '../../stack/supervisor/fleet';

const SERVERS = ['postgres', 'nats', 'redis'] as const;

/** The built platform on servers of its own, whose apps can be stopped and started again. */
export class RestorablePlatform {
  private fleet?: Fleet;
  private platform?: Platform;
  private output = '';

  private constructor(
    private readonly all: Places,
    private readonly servers: Servers,
    readonly facts: StackFacts,
    private readonly ports: Readonly<Record<string, number>>,
  ) {}

  /** Servers with databases and demo accounts; no app runs yet. */
  static async prepare(checkout: string): Promise<RestorablePlatform> {
    const all = places(checkout, join('trials', `restore-${randomBytes(4).toString('hex')}`));
    const names = presentApps(checkout).map(({ name }) => name);
    const ports = await choosePorts([...SERVERS, 'smtp', 'inbox', 'http', ...names]);
    const { postgres = 0, nats = 0, redis = 0, smtp = 0, http = 0 } = ports;
    const secrets = new Secrets(join(all.home, 'secrets.json'));
    const own = { places: all, secrets, ports: { postgres, nats, redis }, given: {}, forTests: true };
    const servers = new Servers({ ...own, onDeath: () => undefined });
    const addresses = await servers.start();
    const facts = { addresses, secrets, ownBroker: true, prefix: 'cpo', nodeEnv: 'test' };
    const prepared = new RestorablePlatform(all, servers, { ...facts, gatewayPort: http, smtpPort: smtp }, ports);
    const platform = prepared.newPlatform(new Fleet());
    try {
      await platform.migrate();
      await platform.loadDemo();
    } catch (error) {
      await prepared.stop();
      throw error;
    }
    return prepared;
  }

  get url(): string {
    return `http://127.0.0.1:${this.facts.gatewayPort}`;
  }

  /** Starts all apps but those named. */
  async up(without: readonly string[] = []): Promise<void> {
    this.fleet = new Fleet(undefined, (text) => void (this.output += text));
    this.platform = this.newPlatform(this.fleet, without);
    await this.platform.setUpBroker();
    await this.platform.start().catch((error: unknown) => {
      throw new Error(`${String(error)}\n${this.output}`);
    });
  }

  /** Stops all apps in order. */
  async down(): Promise<void> {
    this.fleet?.close();
    await this.platform?.stop();
  }

  async stop(): Promise<void> {
    await this.down();
    await this.servers.stop();
    for (const folder of [this.all.servers, this.all.home]) rmSync(folder, { recursive: true, force: true });
  }

  /** Asks a service's database, past the service. */
  async ask<T extends object>(service: string, text: string): Promise<T[]> {
    const app = presentApps(this.all.checkout).find(({ name }) => name === service);
    if (!app) throw new Error(`There is no ${service}.`);
    const client = new Client(databaseUrl(this.facts.addresses.databaseAdminUrl, databaseOf(app, this.facts)));
    await client.connect();
    try {
      return (await client.query<T>(text)).rows;
    } finally {
      await client.end();
    }
  }

  private newPlatform(fleet: Fleet, without: readonly string[] = []): Platform {
    const { all, facts, ports } = this;
    const apps = presentApps(all.checkout).filter(({ name }) => !without.includes(name));
    return new Platform({
      places: all,
      apps,
      facts,
      fleet,
      healthPorts: ports,
      inboxPort: ports.inbox ?? 0,
      demoDone: [],
    });
  }
}
