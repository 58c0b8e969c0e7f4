import { join } from 'node:path';
import { presentApps } from '../apps';
import { setting } from '../environment';
import type { Places } from '../places';
import { choosePorts } from '../ports';
import { Secrets } from '../secrets';
import { Servers, type ServerAddresses } from '../servers/servers';
import { Fleet } from '../supervisor/fleet';
import { say } from '../terminal';
import type { StackFacts } from './app-environment';
import type { StartOptions } from './options';
import { Platform } from './platform';
import { StateFile } from './state';
import { summary } from './table';

/** Where the inbox is looked for first: the port that mail catchers usually have. */
const INBOX_PORT = 8025;
/** Where chargers connect, unless the port is taken. */
const CHARGERS_PORT = 8887;
/** Among the services with demo data: the sessions that the whole platform was told of. */
const HISTORY = 'history';

/** Addresses of servers that the developer runs. */
export function givenAddresses(): Partial<ServerAddresses> {
  const databaseAdminUrl = setting('DATABASE_ADMIN_URL');
  const natsUrl = setting('NATS_URL');
  const redisUrl = setting('REDIS_URL');
  return { ...(databaseAdminUrl && { databaseAdminUrl }), ...(natsUrl && { natsUrl }), ...(redisUrl && { redisUrl }) };
}

/** What is the same for all processes of the development stack, also for one that is started beside it. */
export function developmentFacts(all: Places, state: StateFile, port: number): StackFacts {
  const { addresses, ports, ownBroker = true } = state.value;
  if (!addresses) {
    throw new Error('The addresses of the servers are not known yet.');
  }
  return {
    addresses,
    secrets: new Secrets(join(all.home, 'secrets.json')),
    ownBroker,
    gatewayPort: port,
    chargersPort: ports.chargers,
    smtpPort: ports.smtp ?? 0,
    prefix: 'cpo',
    nodeEnv: setting('NODE_ENV') ?? 'development',
  };
}

/** The servers and apps of `npm start`. */
export class DevelopmentStack {
  private readonly state: StateFile;
  private readonly fleet: Fleet;
  private servers: Servers | undefined;
  private platform: Platform | undefined;

  constructor(
    private readonly all: Places,
    private readonly options: StartOptions,
    private readonly port: number,
  ) {
    this.state = new StateFile(all.home);
    this.fleet = new Fleet(() => this.remember());
  }

  /** Brings everything up; answers what a person wants to know. */
  async start(): Promise<string> {
    const { port } = this;
    const apps = presentApps(this.all.checkout).filter((app) => !this.options.except.includes(app.name));
    const health = apps.map((app) => `health.${app.name}`);
    const ports = await choosePorts(['postgres', 'nats', 'redis', 'smtp', 'inbox', 'chargers', ...health], {
      inbox: INBOX_PORT,
      chargers: Number(setting('CHARGERS_PORT') ?? CHARGERS_PORT),
      ...this.state.value.ports,
    });
    this.state.update({ ports: { ...this.state.value.ports, ...ports, gateway: port } });
    await this.startServers();
    const facts = developmentFacts(this.all, this.state, port);
    this.platform = new Platform({
      places: this.all,
      apps,
      facts,
      fleet: this.fleet,
      inboxPort: ports.inbox ?? 0,
      healthPorts: Object.fromEntries(apps.map((app) => [app.name, ports[`health.${app.name}`] ?? 0])),
      demoDone: this.state.value.demo,
    });
    await this.platform.migrate();
    const demo = facts.nodeEnv !== 'production';
    if (demo) {
      this.state.update({ demo: await this.platform.loadDemo() });
    }
    await this.platform.start();
    if (demo) await this.tellHistory(this.platform);
    const chargers = `ws://localhost:${ports.chargers}/ocpp`;
    return summary({ gateway: `http://localhost:${port}`, inbox: `http://localhost:${ports.inbox}`, chargers }, demo);
  }

  /** A system that is used goes on with its own history: it is told once. */
  private async tellHistory(platform: Platform): Promise<void> {
    const { demo } = this.state.value;
    if (demo.includes(HISTORY) || this.options.except.length > 0) return;
    await platform.tellHistory();
    this.state.update({ demo: [...demo, HISTORY] });
  }

  /** Whether there is anything to stop. */
  get running(): boolean {
    return (this.servers?.marks.length ?? 0) + this.fleet.marks.length > 0;
  }

  /** Stops what was started: who receives requests first, the servers last. */
  async stop(): Promise<void> {
    this.fleet.close();
    await this.platform?.stop();
    await this.servers?.stop();
    this.remember();
  }

  private async startServers(): Promise<void> {
    const { postgres = 0, nats = 0, redis = 0 } = this.state.value.ports;
    this.servers = new Servers({
      places: this.all,
      secrets: new Secrets(join(this.all.home, 'secrets.json')),
      ports: { postgres, nats, redis },
      given: givenAddresses(),
      forTests: false,
      onDeath: (name) => say(`${name} ended by itself; restarting it`),
      changed: () => this.remember(),
    });
    const addresses = await this.servers.start();
    this.state.update({ addresses, ownBroker: setting('NATS_URL') === undefined });
  }

  private remember(): void {
    this.state.update({ processes: [...(this.servers?.marks ?? []), ...this.fleet.marks] });
  }
}
