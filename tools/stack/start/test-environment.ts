import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Inbox, startInbox } from '../../mail-inbox/inbox';
import { type App, presentApps } from '../apps';
import { writeFileSafely } from '../files';
import { places, type Places } from '../places';
import { choosePorts } from '../ports';
import type { ProcessMark } from '../processes';
import { Secrets } from '../secrets';
import type { ServerName } from '../servers/binaries';
import { type ServerAddresses, Servers } from '../servers/servers';
import { Fleet } from '../supervisor/fleet';
import type { Pace, Plan } from '../supervisor/supervised';
import { databaseOf, type StackFacts } from './app-environment';
import { databaseUrl } from './databases';
import { appPlan, Platform } from './platform';

const SERVERS = ['postgres', 'nats', 'redis'] as const;
/** Milliseconds for processes that start on a busy machine: a guard against hanging. */
const READY_GUARD_MS = 600_000;

/** One process of an app; an app may have several. */
export interface AppProcess {
  readonly app: App;
  readonly name: string;
  /** Where its build is, when it is not that of the environment. */
  readonly checkout?: string;
}

/** A process that runs now. */
export interface RunningProcess {
  readonly name: string;
  readonly mark: ProcessMark;
}

export interface TestEnvironmentOptions {
  readonly checkout: string;
  /** Its folder below `.data`. */
  readonly folder: string;
  readonly nodeEnv?: string;
  /** Data may be lost and the broker lets connections in without credentials, see `ServersOptions`. */
  readonly forTests?: boolean;
  readonly backEnds?: readonly string[];
  readonly pace?: Pace;
}

/**
 * The production build on servers of its own, with demo data: what benchmarks, faults, attacks and trials run against.
 * Each chooses which processes there are and how they are run.
 */
export class TestEnvironment {
  readonly places: Places;
  readonly secrets: Secrets;
  readonly prefix = 'cpo';
  /** What the processes wrote. */
  log = '';
  protected readonly fleets = new Map<string, Fleet>();
  protected ports: Record<string, number> = {};
  protected servers?: Servers;
  private readonly present: readonly App[];
  private known?: ServerAddresses;
  private inbox?: Inbox;

  constructor(protected readonly options: TestEnvironmentOptions) {
    this.places = places(options.checkout, options.folder);
    this.secrets = new Secrets(join(this.places.home, 'secrets.json'));
    this.present = presentApps(options.checkout);
  }

  get apps(): readonly App[] {
    return this.present;
  }

  /** The servers' own addresses. */
  get addresses(): ServerAddresses {
    if (!this.known) throw new Error('The servers do not run yet.');
    return this.known;
  }

  get facts(): StackFacts {
    const { addresses, secrets, prefix, ports } = this;
    const { gateway: gatewayPort = 0, chargers: chargersPort = 0, smtp: smtpPort = 0 } = ports;
    const { nodeEnv = 'test' } = this.options;
    return { addresses, secrets, prefix, ownBroker: true, nodeEnv, gatewayPort, chargersPort, smtpPort };
  }

  /** Where the first gateway answers. */
  get url(): string {
    return this.urlOf('gateway');
  }

  get inboxUrl(): string {
    return this.urlOf('inbox');
  }

  /** Where chargers connect to the first process of their service. */
  get chargersPort(): number {
    return this.ports.chargers ?? 0;
  }

  get running(): RunningProcess[] {
    return [...this.fleets].flatMap(([name, { marks }]) => marks.map((mark) => ({ name, mark })));
  }

  mark(name: string): ProcessMark | undefined {
    return this.fleets.get(name)?.mark(name);
  }

  /** Of PostgreSQL, NATS and Redis. */
  serverMark(name: ServerName): ProcessMark | undefined {
    return this.servers?.mark(name);
  }

  /** The database of a service, as the service. */
  databaseUrl(service: string): string {
    return databaseUrl(this.addresses.databaseAdminUrl, databaseOf(this.app(service), this.facts));
  }

  async allReady(): Promise<boolean> {
    return (await Promise.all([...this.fleets.values()].map((fleet) => fleet.allReady()))).every(Boolean);
  }

  /** Ends processes, those that receive requests first. */
  async stopProcesses(which: (name: string) => boolean = () => true): Promise<void> {
    const chosen = [...this.fleets].filter(([name]) => which(name));
    chosen.forEach(([name, fleet]) => {
      fleet.close();
      this.fleets.delete(name);
    });
    const [gateways, others] = [true, false].map((is) => chosen.filter(([name]) => name.includes('gateway') === is));
    for (const group of [gateways, others]) await Promise.all((group ?? []).map(([, fleet]) => fleet.stop(() => true)));
  }

  /** Ends everything and removes its data; with `keepLog` what the processes wrote stays in the file that is answered. */
  async stop(keepLog = false): Promise<string> {
    await this.stopProcesses();
    await this.inbox?.stop();
    await this.servers?.stop();
    const { home, servers } = this.places;
    const file = join(home, 'apps.log');
    rmSync(servers, { recursive: true, force: true });
    if (keepLog) writeFileSafely(file, this.log);
    else rmSync(home, { recursive: true, force: true });
    return file;
  }

  /** The three servers; `processes` get their ports now, others when they start. */
  protected async startServers(processes: readonly string[] = []): Promise<void> {
    const { places, secrets } = this;
    mkdirSync(places.servers, { recursive: true });
    await this.choosePorts([...SERVERS, 'smtp', 'inbox', 'gateway', 'chargers', ...processes]);
    const { postgres = 0, nats = 0, redis = 0 } = this.ports;
    const { backEnds, forTests = false } = this.options;
    const onDeath = (name: string): void => this.serverDied(name);
    const ports = { postgres, nats, redis };
    this.servers = new Servers({ places, secrets, ports, given: {}, backEnds, forTests, onDeath });
    this.known = await this.servers.start();
  }

  /** Databases, streams and demo data. */
  protected async prepare(): Promise<void> {
    const platform = this.platform();
    await platform.migrate();
    await platform.loadDemo();
  }

  /** The steps of an installation, by the build of a checkout. */
  protected platform(checkout = this.options.checkout): Platform {
    const none = { healthPorts: {}, inboxPort: 0, demoDone: [], fleet: new Fleet() };
    const apps = presentApps(checkout);
    return new Platform({ places: { ...this.places, checkout }, apps, facts: this.facts, ...none });
  }

  /** Catches what the platform mails, in this process. */
  protected async startInbox(): Promise<void> {
    const { smtp: smtpPort = 0, inbox: httpPort = 0 } = this.ports;
    this.inbox = await startInbox({ smtpPort, httpPort, file: join(this.places.home, 'mails.jsonl') });
  }

  /** Starts processes and waits until they are ready. */
  protected async startProcesses(processes: readonly AppProcess[]): Promise<void> {
    await this.choosePorts(processes.map(({ name }) => name));
    const fleets = processes.map((one) => {
      const fleet = new Fleet(undefined, (text) => this.wrote(one.name, text), this.options.pace);
      this.fleets.set(one.name, fleet);
      fleet.start([this.plan(one)]);
      return fleet;
    });
    await Promise.all(fleets.map((fleet) => fleet.ready(READY_GUARD_MS)));
  }

  /** How a process is run. */
  protected plan({ app, name, checkout = this.options.checkout }: AppProcess, facts = this.facts): Plan {
    const plan = appPlan(app, checkout, facts, this.ports[healthOf(name)] ?? 0, name);
    const port = String(this.ports[name] ?? 0);
    const listens: Record<string, string> =
      app.name === 'gateway' ? { PORT: port } : app.name === 'chargers' ? { CHARGERS_PORT: port } : {};
    return { ...plan, env: { ...plan.env, LOG_FORMAT: 'json', ...listens } };
  }

  protected app(name: string): App {
    const found = this.present.find((app) => app.name === name);
    if (!found) throw new Error(`There is no ${name}.`);
    return found;
  }

  protected urlOf(process: string): string {
    return `http://127.0.0.1:${this.ports[process]}`;
  }

  /** Processes as a load balancer knows them. */
  protected replicas(names: readonly string[]): { readonly url: string; readonly readyUrl: string }[] {
    return names.map((name) => ({ url: this.urlOf(name), readyUrl: `${this.healthUrlOf(name)}/health/ready` }));
  }

  protected healthUrlOf(process: string): string {
    return this.urlOf(healthOf(process));
  }

  /** Something that a process, or its supervisor, has written. */
  protected wrote(_process: string, text: string): void {
    this.log += text;
  }

  protected serverDied(name: string): void {
    this.log += `${name} ended by itself\n`;
  }

  /** A port for each name that has none, and one for its health. */
  private async choosePorts(names: readonly string[]): Promise<void> {
    const due = names.flatMap((name) => [name, healthOf(name)]).filter((name) => this.ports[name] === undefined);
    this.ports = { ...this.ports, ...(await choosePorts(due)) };
  }
}

const healthOf = (process: string): string => `health.${process}`;
