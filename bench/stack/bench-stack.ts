import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { presentApps, type App } from '../../tools/stack/apps';
import { places, type Places } from '../../tools/stack/places';
import { choosePorts } from '../../tools/stack/ports';
import type { ProcessMark } from '../../tools/stack/processes';
import { Secrets } from '../../tools/stack/secrets';
import { type ServerAddresses, Servers } from '../../tools/stack/servers/servers';
import { databaseOf, type StackFacts } from '../../tools/stack/start/app-environment';
import { databaseUrl } from '../../tools/stack/start/databases';
import { appPlan, Platform } from '../../tools/stack/start/platform';
import { Fleet } from '../../tools/stack/supervisor/fleet';
import type { Plan } from '../../tools/stack/supervisor/supervised';
import { step } from '../../tools/stack/terminal';

/** Milliseconds for a process to be ready; the machine may have other things to do. */
const GUARD_MS = 180_000;
const PLAIN = 'plain-gateway';

export interface StackOptions {
  readonly checkout: string;
  /** Changes how a process is run, e.g. under a profiler or within limits. */
  readonly adapt?: (plan: Plan) => Plan;
  /** Whether PostgreSQL waits for the disk, as in production. */
  readonly durable?: boolean;
  /** Runs when the databases have their data, before any process is connected to them. */
  readonly beforeApps?: (stack: BenchStack) => Promise<void>;
}

/** The production build on servers of its own: nothing else asks them for anything while something is measured. */
export class BenchStack {
  readonly places: Places;
  readonly secrets: Secrets;
  private readonly apps: readonly App[];
  private readonly fleets = new Map<string, Fleet>();
  private servers?: Servers;
  private platform?: Platform;
  private known?: StackFacts;
  private healthPorts: Record<string, number> = {};
  private plainPort = 0;
  private output = '';

  constructor(private readonly options: StackOptions) {
    this.places = places(options.checkout, join('bench', String(process.pid)));
    this.secrets = new Secrets(join(this.places.home, 'secrets.json'));
    this.apps = presentApps(options.checkout);
  }

  get facts(): StackFacts {
    if (!this.known) throw new Error('The stack does not run yet.');
    return this.known;
  }

  get addresses(): ServerAddresses {
    return this.facts.addresses;
  }

  get gatewayPort(): number {
    return this.facts.gatewayPort;
  }

  /** Where chargers connect to the first process of their service. */
  get chargersPort(): number {
    return this.facts.chargersPort ?? 0;
  }

  /** A second gateway that answers nothing from memory: what it is asked for goes all the way. */
  get plainGatewayPort(): number {
    return this.plainPort;
  }

  /** Servers, databases, demo data, processes. */
  async start(): Promise<void> {
    const { places, secrets, apps } = this;
    mkdirSync(places.servers, { recursive: true });
    const ports = await choosePorts(['postgres', 'nats', 'redis', 'gateway', 'smtp', 'chargers', PLAIN]);
    this.plainPort = ports[PLAIN];
    this.healthPorts = await choosePorts([...apps.map((app) => app.name), PLAIN]);
    const onDeath = (name: string): void => void (this.output += `${name} ended by itself\n`);
    this.servers = new Servers({ places, secrets, ports, given: {}, forTests: !this.options.durable, onDeath });
    const addresses = await this.servers.start();
    const { gateway: gatewayPort, smtp: smtpPort } = ports;
    const shared = { ownBroker: true, prefix: 'cpo', nodeEnv: 'development' };
    this.known = { ...shared, addresses, secrets, gatewayPort, smtpPort, chargersPort: ports.chargers };
    const { facts, healthPorts } = this;
    const fleet = new Fleet(undefined, () => undefined);
    this.platform = new Platform({ places, apps, facts, fleet, healthPorts, inboxPort: 0, demoDone: [] });
    await this.platform.migrate();
    await this.platform.loadDemo();
    await this.options.beforeApps?.(this);
    await step('Processes', async () => {
      await this.startApps(apps);
      await this.startPlainGateway();
    });
  }

  /** The CPU time of these roots is that of the platform. */
  get processes(): Readonly<Record<string, number>> {
    const apps = [...this.fleets].flatMap(([name, fleet]) =>
      fleet.marks.map(({ pid }): [string, number] => [name, pid]),
    );
    return { ...Object.fromEntries(apps), ...this.serverProcesses };
  }

  /** Of PostgreSQL, NATS and Redis. */
  get serverProcesses(): Readonly<Record<string, number>> {
    const names = ['postgres', 'nats', 'redis'];
    const marks: readonly ProcessMark[] = this.servers?.marks ?? [];
    return Object.fromEntries(marks.map(({ pid }, index) => [names[index] ?? `server-${index}`, pid]));
  }

  databaseUrl(app: string): string {
    const found = this.apps.find(({ name }) => name === app);
    if (!found) throw new Error(`There is no ${app}.`);
    return databaseUrl(this.addresses.databaseAdminUrl, databaseOf(found, this.facts));
  }

  private async stopApp(name: string): Promise<void> {
    await this.fleets.get(name)?.stop(() => true);
    this.fleets.delete(name);
  }

  async stopApps(which: (name: string) => boolean): Promise<void> {
    await Promise.all([...this.fleets.keys()].filter(which).map((name) => this.stopApp(name)));
  }

  /** One more process of an app; answers its id. */
  async addReplica(app: string, name: string, env: Record<string, string> = {}): Promise<number> {
    const found = this.apps.find((one) => one.name === app);
    if (!found) throw new Error(`There is no ${app}.`);
    const { port } = await choosePorts(['port']);
    const plan = this.planOf(found, port);
    this.run(name, { ...plan, env: { ...plan.env, ...env } });
    await this.fleets.get(name)?.ready(GUARD_MS);
    return this.processes[name] ?? 0;
  }

  /** Starts an app that was stopped, as it was. */
  async startApp(name: string): Promise<void> {
    await this.startApps(this.apps.filter((app) => app.name === name));
  }

  async stop(): Promise<void> {
    await this.stopApps((name) => name.endsWith('gateway'));
    await this.stopApps(() => true);
    await this.platform?.stop();
    await this.servers?.stop();
    rmSync(this.places.servers, { recursive: true, force: true });
    rmSync(this.places.home, { recursive: true, force: true });
  }

  private async startPlainGateway(): Promise<void> {
    const gateway = this.apps.find(({ name }) => name === 'gateway');
    if (!gateway) throw new Error('There is no gateway.');
    const plan = this.planOf(gateway, this.healthPorts[PLAIN]);
    this.run(PLAIN, { ...plan, env: { ...plan.env, PORT: String(this.plainPort), CACHE_MAX_AGE: '0' } });
    await this.fleets.get(PLAIN)?.ready(GUARD_MS);
  }

  private run(name: string, plan: Plan): void {
    const fleet = new Fleet(undefined, (text) => void (this.output += text));
    this.fleets.set(name, fleet);
    fleet.start([plan]);
  }

  private async startApps(apps: readonly App[]): Promise<void> {
    for (const app of apps) this.run(app.name, this.planOf(app));
    for (const app of apps) await this.fleets.get(app.name)?.ready(GUARD_MS);
  }

  private planOf(app: App, healthPort = this.healthPorts[app.name]): Plan {
    const { checkout, adapt = (plan: Plan): Plan => plan } = this.options;
    const plan = appPlan(app, checkout, this.facts, healthPort ?? 0);
    return adapt({ ...plan, env: { ...plan.env, LOG_FORMAT: 'json' } });
  }
}
