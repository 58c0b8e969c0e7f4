import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { presentApps } from '../apps';
import { setting } from '../environment';
import type { Places } from '../places';
import { choosePorts } from '../ports';
import { pause } from '../processes';
import { Secrets } from '../secrets';
import { Servers, type ServerAddresses } from '../servers/servers';
import { Fleet } from '../supervisor/fleet';
import { say } from '../terminal';
import { chargersUrl, type StackFacts } from './app-environment';
import { DemoCharger } from './demo-charger';
import type { StartOptions } from './options';
import { Platform } from './platform';
import { StateFile } from './state';
import { summary } from './table';

/** Where the inbox is looked for first: the port that mail catchers usually have. */
const INBOX_PORT = 8025;
/** Where chargers connect, unless the port is taken. */
const CHARGERS_PORT = 8887;
const STAMP_POLL_MS = 50;
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
  private demoCharger: DemoCharger | undefined;
  private history: Promise<void> | undefined;
  private readonly ending = new AbortController();

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
    const remembered = {
      inbox: INBOX_PORT,
      chargers: Number(setting('CHARGERS_PORT') ?? CHARGERS_PORT),
      ...this.state.value.ports,
    };
    const names = ['postgres', 'nats', 'redis', 'smtp', 'inbox', 'chargers', ...health];
    // The gateway listens last: until then its port is free.
    const ports = await choosePorts(names, remembered, [port]);
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
    this.state.update({ prepared: await this.platform.migrate(this.state.value.prepared) });
    const demo = facts.nodeEnv !== 'production';
    if (demo) {
      this.state.update({ demo: await this.platform.loadDemo() });
    }
    await this.platform.start(this.options.shared, this.dashboardBuilt());
    if (demo) this.history = this.showDemo(this.platform, port, ports.chargers ?? 0);
    const chargers = chargersUrl(ports.chargers ?? 0);
    return summary({ gateway: `http://localhost:${port}`, inbox: `http://localhost:${ports.inbox}`, chargers }, demo);
  }

  /** The dashboard is built beside this process, which is given the name of the file that its end leaves. */
  private async dashboardBuilt(): Promise<void> {
    const stamp = setting('DASHBOARD_STAMP');
    while (stamp !== undefined && !existsSync(stamp) && !this.ending.signal.aborted) await pause(STAMP_POLL_MS);
  }

  /** The charger begins after the history, which is complete when no order is open. */
  private async showDemo(platform: Platform, gatewayPort: number, chargersPort: number): Promise<void> {
    await this.tellHistory(platform);
    const mayStart = !this.ending.signal.aborted && this.options.except.length === 0;
    if (mayStart) this.startDemoCharger(gatewayPort, chargersPort);
  }

  /** A system in use keeps its own history: the demo's is published once, while the system can be used already. */
  private async tellHistory(platform: Platform): Promise<void> {
    const { demo } = this.state.value;
    if (demo.includes(HISTORY) || this.options.except.length > 0) return;
    try {
      await platform.tellHistory(this.ending.signal);
      this.state.update({ demo: [...this.state.value.demo, HISTORY] });
    } catch (error) {
      if (!this.ending.signal.aborted)
        say(`The demo history is not complete; the next start goes on.\n${String(error)}`);
    }
  }

  /** Shows what a charger does; it ends with the stack. */
  private startDemoCharger(gatewayPort: number, chargersPort: number): void {
    const { checkout } = this.all;
    this.demoCharger = new DemoCharger({ checkout, gatewayPort, chargersPort, changed: () => this.remember() });
    this.demoCharger.start();
  }

  /** Waits until the demo's history is published. */
  async complete(): Promise<void> {
    await this.history;
  }

  /** The ids of the apps' processes by their names. */
  get processes(): Record<string, number> {
    return this.fleet.pids;
  }

  /** Whether there is anything to stop. */
  get running(): boolean {
    return (this.servers?.marks.length ?? 0) + this.fleet.marks.length > 0;
  }

  /** Stops what was started: who receives requests first, the servers last. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.history;
    this.fleet.close();
    await this.demoCharger?.stop();
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
    const demo = this.demoCharger?.marks ?? [];
    this.state.update({ processes: [...(this.servers?.marks ?? []), ...this.fleet.marks, ...demo] });
  }
}
