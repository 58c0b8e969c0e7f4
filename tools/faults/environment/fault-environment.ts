import { join } from 'node:path';
import { exchange } from '../../http/exchange';
import { childrenOf, type ProcessMark, signal } from '../../stack/processes';
import type { ServerName } from '../../stack/servers/binaries';
import { type AppProcess, TestEnvironment } from '../../stack/start/test-environment';
import type { Plan } from '../../stack/supervisor/supervised';
import { step } from '../../stack/terminal';
import type { Replica } from '../load/balancer';
import { FaultProxy } from '../proxy/fault-proxy';
import { Lines } from './lines';
import { payoutSettings, StripeServer } from './provider';
import { TightDisk } from './tight-disk';

/** Megabytes that the servers' data may take where it lies on small disks. */
const DATABASE_DISK = 1200;
/** JetStream hands out three quarters of it, of which the store of uploads reserves 1 GiB. */
const BROKER_DISK = 1600;

/** Milliseconds that a gateway answers on after it has said that it goes; its balancer looks far more often. */
const DRAIN_DELAY = '1500';

/** The second process of an app. */
export const second = (app: string): string => `${app}+`;

const GATEWAYS = ['gateway', second('gateway')];
/** Replicas of the service for chargers. */
const CHARGERS = ['chargers', second('chargers')];

/** With fault proxies between the processes, the servers and the chargers. */
export class FaultEnvironment extends TestEnvironment {
  readonly disks: Readonly<Record<'postgres' | 'nats', TightDisk>>;
  /** The fault proxies before each replica of the service for chargers. */
  readonly chargerLines: FaultProxy[] = [];
  private lines_?: Lines;
  private provider_?: StripeServer;
  private paired = false;

  constructor(checkout: string) {
    super({ checkout, folder: join('faults', String(process.pid)) });
    const { servers } = this.places;
    this.disks = {
      postgres: new TightDisk(join(servers, 'postgres'), DATABASE_DISK),
      nats: new TightDisk(join(servers, 'nats'), BROKER_DISK),
    };
  }

  get lines(): Lines {
    return known(this.lines_);
  }

  get gateways(): Replica[] {
    return this.replicas(GATEWAYS);
  }

  /** Where chargers connect. */
  get chargerUrls(): string[] {
    return this.chargerLines.map(({ port }) => `ws://127.0.0.1:${port}/ocpp`);
  }

  get provider(): StripeServer {
    return known(this.provider_);
  }

  async start(): Promise<void> {
    // In memory, where root may: how busy the machine's own disk is has nothing to do with what is tried.
    Object.values(this.disks).forEach((disk) => disk.mount());
    await this.startServers([...GATEWAYS, ...CHARGERS]);
    this.provider_ = await StripeServer.start();
    this.lines_ = await Lines.before(this.addresses);
    for (const name of CHARGERS) this.chargerLines.push(await FaultProxy.before(this.ports[name] ?? 0));
    await this.prepare();
    await this.startInbox();
    await this.startNamed([...this.apps.map(({ name }) => name), second('gateway')]);
  }

  /** A second process of every app, from now on. */
  async pair(): Promise<void> {
    if (this.paired) return;
    this.paired = true;
    await this.startNamed(this.apps.filter(({ name }) => name !== 'gateway').map(({ name }) => second(name)));
  }

  /** Sends a signal to the process of that name. */
  hit(name: string, sent: NodeJS.Signals): ProcessMark | undefined {
    const mark = this.mark(name);
    if (mark) signal(mark, sent);
    return mark;
  }

  hitServer(name: ServerName, sent: NodeJS.Signals): void {
    const mark = this.serverMark(name);
    if (mark) signal(mark, sent);
  }

  /** Stops a server and all its processes where they are, or lets them go on. */
  freeze(name: ServerName, frozen: boolean): void {
    const mark = this.serverMark(name);
    if (!mark) return;
    // The parent process stops first and continues last.
    if (frozen) signal(mark, 'SIGSTOP');
    childrenOf(mark.pid).forEach((child) => signal(child, frozen ? 'SIGSTOP' : 'SIGCONT'));
    if (!frozen) signal(mark, 'SIGCONT');
  }

  /** Ends what a fault may have left behind. */
  clearFaults(): void {
    this.lines_?.heal();
    this.chargerLines.forEach((line) => line.heal());
    for (const name of ['postgres', 'nats', 'redis'] as const) this.freeze(name, false);
    Object.values(this.disks).forEach((disk) => disk.clear());
    if (this.provider_) this.provider_.manner = 'answers';
  }

  /** A counter of a process, as monitoring reads it. */
  async counter(process: string, name: string): Promise<number> {
    const { text } = await exchange(`${this.healthUrlOf(process)}/metrics`);
    const line = text.split('\n').find((one) => one.startsWith(name));
    return Number(line?.split(' ').at(-1) ?? 0);
  }

  /** Ends everything; with `keepLog` what the processes wrote stays in the file that is answered. */
  override async stop(keepLog = false): Promise<string> {
    this.clearFaults();
    await this.stopProcesses();
    await this.lines_?.close();
    await Promise.all(this.chargerLines.map((line) => line.close()));
    await this.provider_?.stop();
    await this.servers?.stop();
    Object.values(this.disks).forEach((disk) => disk.unmount());
    return super.stop(keepLog);
  }

  protected override plan(process: AppProcess): Plan {
    const plan = super.plan(process, { ...this.facts, addresses: this.lines.addresses });
    const { name } = process.app;
    const own = name === 'gateway' ? { DRAIN_DELAY } : name === 'payouts' ? payoutSettings(this.provider) : {};
    return { ...plan, env: { ...plan.env, ...own } };
  }

  private startNamed(names: readonly string[]): Promise<void> {
    const processes = names.map((name) => ({ app: this.app(name.replace('+', '')), name }));
    return step(`Starting ${names.join(', ')}`, () => this.startProcesses(processes));
  }
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The environment does not run yet.');
  return value;
}
