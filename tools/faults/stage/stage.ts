import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Inbox, startInbox } from '../../mail-inbox/inbox';
import { presentApps, type App } from '../../stack/apps';
import { writeFileSafely } from '../../stack/files';
import { places, type Places } from '../../stack/places';
import { choosePorts } from '../../stack/ports';
import { childrenOf, signal, type ProcessMark } from '../../stack/processes';
import { Secrets } from '../../stack/secrets';
import type { ServerName } from '../../stack/servers/binaries';
import { type ServerAddresses, Servers } from '../../stack/servers/servers';
import type { StackFacts } from '../../stack/start/app-environment';
import { appPlan, Platform } from '../../stack/start/platform';
import { Fleet } from '../../stack/supervisor/fleet';
import type { Plan } from '../../stack/supervisor/supervised';
import { step } from '../../stack/terminal';
import type { Replica } from '../load/balancer';
import { FaultProxy } from '../proxy/fault-proxy';
import { Lines } from './lines';
import { PROVIDER_KEY, StripeServer } from './provider';
import { TightDisk } from './tight-disk';

/** Megabytes that the servers' data may take where it lies on small disks. */
const DATABASE_DISK = 1200;
/** JetStream hands out three quarters of it, of which the store of uploads reserves 1 GiB. */
const BROKER_DISK = 1600;

/** Milliseconds that a gateway answers on after it has said that it goes; its balancer looks far more often. */
const DRAIN_DELAY = '1500';

/** Where each replica of the service for chargers listens. */
const CHARGERS = ['chargers', 'chargers+'];

/** The second process of an app. */
export const second = (app: string): string => `${app}+`;

/** The whole production build on servers of its own, with lines between them that can be troubled. */
export class Stage {
  readonly apps: readonly App[];
  readonly disks: Readonly<Record<'postgres' | 'nats', TightDisk>>;
  readonly secrets: Secrets;
  readonly gateways: Replica[] = [];
  /** The lines of chargers to each replica of their service. */
  readonly chargerLines: FaultProxy[] = [];
  inboxUrl = '';
  private readonly fleet: Fleet;
  private readonly servers: Servers;
  private output = '';
  private direct_?: ServerAddresses;
  private lines_?: Lines;
  private facts?: StackFacts;
  private provider_?: StripeServer;
  private inbox?: Inbox;
  private paired = false;

  private constructor(
    private readonly all: Places,
    private readonly ports: Record<string, number>,
  ) {
    this.apps = presentApps(all.checkout);
    this.secrets = new Secrets(join(all.home, 'secrets.json'));
    this.fleet = new Fleet(undefined, (text) => void (this.output += text));
    this.disks = {
      postgres: new TightDisk(join(all.servers, 'postgres'), DATABASE_DISK),
      nats: new TightDisk(join(all.servers, 'nats'), BROKER_DISK),
    };
    const { postgres = 0, nats = 0, redis = 0 } = ports;
    const quiet = (): void => undefined;
    const shared = { places: all, secrets: this.secrets, given: {}, forTests: false, onDeath: quiet };
    this.servers = new Servers({ ...shared, ports: { postgres, nats, redis } });
  }

  /** Below `.data/faults/<process>`; nothing runs yet. */
  static async set(checkout: string): Promise<Stage> {
    const all = places(checkout, join('faults', String(process.pid)));
    const names = presentApps(checkout).flatMap(({ name }) => [`health.${name}`, `health.${second(name)}`]);
    const ports = ['postgres', 'nats', 'redis', 'smtp', 'inbox', 'gateway', 'gateway+', ...CHARGERS, ...names];
    return new Stage(all, await choosePorts(ports));
  }

  get lines(): Lines {
    return known(this.lines_);
  }

  /** The servers' own addresses, past every fault. */
  get direct(): ServerAddresses {
    return known(this.direct_);
  }

  /** Where chargers connect. */
  get chargerUrls(): string[] {
    return this.chargerLines.map(({ port }) => `ws://127.0.0.1:${port}/ocpp`);
  }

  get provider(): StripeServer {
    return known(this.provider_);
  }

  get prefix(): string {
    return 'cpo';
  }

  async start(): Promise<void> {
    // In memory, where root may: how busy the machine's own disk is has nothing to do with what is tried.
    Object.values(this.disks).forEach((disk) => disk.mount());
    this.direct_ = await this.servers.start();
    this.provider_ = await StripeServer.start();
    this.lines_ = await Lines.before(this.direct_);
    for (const name of CHARGERS) this.chargerLines.push(await FaultProxy.before(this.ports[name] ?? 0));
    const { smtp = 0, inbox = 0, gateway = 0 } = this.ports;
    const { prefix, secrets } = this;
    const shared = { secrets, ownBroker: true, gatewayPort: gateway, smtpPort: smtp, prefix, nodeEnv: 'test' };
    this.facts = { ...shared, addresses: this.lines_.addresses };
    const { all: places, apps, fleet } = this;
    const facts = { ...shared, addresses: this.direct_ };
    const platform = new Platform({ places, apps, facts, fleet, healthPorts: {}, inboxPort: inbox, demoDone: [] });
    await platform.migrate();
    await platform.loadDemo();
    this.inboxUrl = `http://127.0.0.1:${inbox}`;
    this.inbox = await startInbox({ smtpPort: smtp, httpPort: inbox, file: join(places.home, 'mails.jsonl') });
    await this.bring([...apps.map((app) => this.plan(app, app.name)), ...this.secondGateway()]);
  }

  /** A second process of every app, from now on. */
  async pair(): Promise<void> {
    if (this.paired) return;
    this.paired = true;
    const others = this.apps.filter(({ name }) => name !== 'gateway');
    await this.bring(others.map((app) => this.plan(app, second(app.name))));
  }

  /** Sends a signal to the process of that name. */
  hit(name: string, sent: NodeJS.Signals): ProcessMark | undefined {
    const mark = this.fleet.mark(name);
    if (mark) signal(mark, sent);
    return mark;
  }

  hitServer(name: ServerName, sent: NodeJS.Signals): void {
    const mark = this.servers.mark(name);
    if (mark) signal(mark, sent);
  }

  /** Stops a server and all its processes where they are, or lets them go on. */
  freeze(name: ServerName, frozen: boolean): void {
    const mark = this.servers.mark(name);
    if (!mark) return;
    // Whoever makes processes stops first and goes on last.
    if (frozen) signal(mark, 'SIGSTOP');
    childrenOf(mark.pid).forEach((child) => signal(child, frozen ? 'SIGSTOP' : 'SIGCONT'));
    if (!frozen) signal(mark, 'SIGCONT');
  }

  /** Ends what a fault may have left behind. */
  relieve(): void {
    this.lines_?.heal();
    this.chargerLines.forEach((line) => line.heal());
    for (const name of ['postgres', 'nats', 'redis'] as const) this.freeze(name, false);
    Object.values(this.disks).forEach((disk) => disk.clear());
    if (this.provider_) this.provider_.manner = 'answers';
  }

  mark(name: string): ProcessMark | undefined {
    return this.fleet.mark(name);
  }

  allReady(): Promise<boolean> {
    return this.fleet.allReady();
  }

  /** A counter of a process, as monitoring reads it. */
  async counter(process: string, name: string): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${this.ports[`health.${process}`]}/metrics`);
    const line = (await response.text()).split('\n').find((text) => text.startsWith(name));
    return Number(line?.split(' ').at(-1) ?? 0);
  }

  /** Ends everything; with `keep` what the processes wrote stays in the folder that is answered. */
  async end(keep: boolean): Promise<string> {
    this.relieve();
    this.fleet.close();
    await this.fleet.stop((name) => name.startsWith('gateway'));
    await this.inbox?.stop();
    await this.lines_?.close();
    await Promise.all(this.chargerLines.map((line) => line.close()));
    await this.provider_?.stop();
    await this.servers.stop();
    Object.values(this.disks).forEach((disk) => disk.unmount());
    rmSync(this.all.servers, { recursive: true, force: true });
    if (keep) writeFileSafely(join(this.all.home, 'apps.log'), this.output);
    else rmSync(this.all.home, { recursive: true, force: true });
    return join(this.all.home, 'apps.log');
  }

  private secondGateway(): Plan[] {
    const gateway = this.apps.find(({ name }) => name === 'gateway');
    return gateway ? [this.plan(gateway, second('gateway'))] : [];
  }

  private plan(app: App, name: string): Plan {
    const gatewayPort = this.ports[name.startsWith('gateway') ? name : 'gateway'] ?? 0;
    const facts = { ...known(this.facts), gatewayPort };
    const plan = appPlan(app, this.all.checkout, facts, this.ports[`health.${name}`] ?? 0, name);
    if (app.name === 'gateway') {
      this.gateways.push({ url: `http://127.0.0.1:${gatewayPort}`, readyUrl: `${plan.healthUrl}/health/ready` });
    }
    return { ...plan, env: { ...plan.env, ...this.especially(app, name) } };
  }

  /** What is set for these trials alone. */
  private especially({ name }: App, process: string): Record<string, string> {
    if (name === 'gateway') return { DRAIN_DELAY };
    if (name === 'chargers') return { CHARGERS_PORT: String(this.ports[process] ?? 0) };
    return name === 'payouts'
      ? { STRIPE_SECRET_KEY: PROVIDER_KEY, STRIPE_API_URL: this.provider.url, PAYOUT_METHOD_DELAY: '0' }
      : {};
  }

  private async bring(plans: readonly Plan[]): Promise<void> {
    await step(`Starting ${plans.map(({ name }) => name).join(', ')}`, async () => {
      this.fleet.start(plans);
      await this.fleet.ready(240_000);
    });
  }
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The stage is not set yet.');
  return value;
}
