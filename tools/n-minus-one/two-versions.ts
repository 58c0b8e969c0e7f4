import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDER_KEY, StripeServer } from '../faults/stage/provider';
import type { Replica } from '../faults/load/balancer';
import { type Inbox, startInbox } from '../mail-inbox/inbox';
import { type App, presentApps } from '../stack/apps';
import { writeFileSafely } from '../stack/files';
import { places, type Places } from '../stack/places';
import { choosePorts } from '../stack/ports';
import { Secrets } from '../stack/secrets';
import { type ServerAddresses, Servers } from '../stack/servers/servers';
import type { StackFacts } from '../stack/start/app-environment';
import { appPlan, Platform } from '../stack/start/platform';
import { Fleet } from '../stack/supervisor/fleet';
import type { Plan } from '../stack/supervisor/supervised';
import { StackError, step } from '../stack/terminal';
import type { Mix, Version } from './mixes';
import { Output } from './output';

/** Milliseconds for processes that start on a busy machine. */
const START_GUARD_MS = 600_000;

/** One app as one version of it runs. */
interface Process {
  readonly app: App;
  readonly version: Version;
  /** Its name among all processes: the second of an app has a plus. */
  readonly name: string;
}
interface Running extends Process {
  readonly fleet: Fleet;
}

/** Servers, and on them the apps of this version and of another one. */
export class TwoVersions {
  readonly secrets: Secrets;
  readonly gateways: Replica[];
  readonly prefix = 'cpo';
  readonly output = new Output();
  inboxUrl = '';
  private readonly servers: Servers;
  private addresses?: ServerAddresses;
  private provider_?: StripeServer;
  private inbox?: Inbox;
  private running: Running[] = [];
  private upgraded = false;

  private constructor(
    private readonly all: Places,
    private readonly ports: Record<string, number>,
    private readonly checkouts: Readonly<Record<Version, string>>,
  ) {
    this.secrets = new Secrets(join(all.home, 'secrets.json'));
    const { postgres = 0, nats = 0, redis = 0 } = ports;
    const shared = { places: all, secrets: this.secrets, given: {}, forTests: false, onDeath: () => undefined };
    this.servers = new Servers({ ...shared, ports: { postgres, nats, redis } });
    this.gateways = ['gateway', 'gateway+'].map((name) => ({
      url: `http://127.0.0.1:${ports[name]}`,
      readyUrl: `http://127.0.0.1:${ports[`health.${name}`]}/health/ready`,
    }));
  }

  /** Below `.data/n-minus-one-run`; nothing runs yet. */
  static async set(checkout: string, old: string): Promise<TwoVersions> {
    const all = places(checkout, join('n-minus-one-run', String(process.pid)));
    const health = presentApps(checkout).flatMap(({ name }) => [`health.${name}`, `health.${name}+`]);
    const ports = await choosePorts(['postgres', 'nats', 'redis', 'smtp', 'inbox', 'gateway', 'gateway+', ...health]);
    return new TwoVersions(all, ports, { old, new: checkout });
  }

  /** Those that have a database and can be asked: before the upgrade the old ones alone. */
  get apps(): readonly App[] {
    return presentApps(this.upgraded ? this.checkouts.new : this.checkouts.old);
  }

  get direct(): ServerAddresses {
    if (!this.addresses) throw new StackError('The servers do not run yet.');
    return this.addresses;
  }

  get provider(): StripeServer {
    if (!this.provider_) throw new StackError('The servers do not run yet.');
    return this.provider_;
  }

  /** Servers with the permissions of the new version, as the upgrade guide wants them, and the data of the old one. */
  async start(): Promise<void> {
    this.addresses = await this.servers.start();
    this.provider_ = await StripeServer.start();
    const { smtp = 0, inbox = 0 } = this.ports;
    this.inbox = await startInbox({ smtpPort: smtp, httpPort: inbox, file: join(this.all.home, 'mails.jsonl') });
    this.inboxUrl = `http://127.0.0.1:${inbox}`;
    await this.platform('old').migrate();
    await this.platform('old').loadDemo();
    await this.change(() => ['old']);
  }

  /** The schema, the streams and the consumers of the new version, while the old one runs. */
  async upgrade(): Promise<void> {
    await this.platform('new').migrate();
    this.upgraded = true;
  }

  /** Ends the processes that do not belong to the mix and starts those that do. */
  async run({ runs }: Mix): Promise<void> {
    await this.change(runs);
  }

  /** Ends every worker: what is to be done waits in the queues. */
  async endWorkers(): Promise<void> {
    await this.end(this.running.filter(({ app }) => app.name === 'worker'));
  }

  /** Gateways that run, with the version of each. */
  get runningGateways(): (Replica & { readonly version: Version })[] {
    return this.running.flatMap(({ name, version }) => {
      const index = ['gateway', 'gateway+'].indexOf(name);
      const replica = this.gateways[index];
      return replica ? [{ ...replica, version }] : [];
    });
  }

  async allReady(): Promise<boolean> {
    return (await Promise.all(this.running.map(({ fleet }) => fleet.allReady()))).every(Boolean);
  }

  /** Stops everything; with `keep` what the processes wrote stays in the file that is answered. */
  async stop(keep: boolean): Promise<string> {
    await this.end(this.running.filter(({ app }) => app.name === 'gateway'));
    await this.end([...this.running]);
    await this.inbox?.stop();
    await this.provider_?.stop();
    await this.servers.stop();
    rmSync(this.all.servers, { recursive: true, force: true });
    const log = join(this.all.home, 'apps.log');
    if (keep) writeFileSafely(log, this.output.text);
    else rmSync(this.all.home, { recursive: true, force: true });
    return log;
  }

  private async change(runs: Mix['runs']): Promise<void> {
    const wanted = presentApps(this.checkouts.new).flatMap((app) => this.processes(app, runs(app.name)));
    const same = (one: Process, other: Process): boolean => one.name === other.name && one.version === other.version;
    await this.end(this.running.filter((one) => !wanted.some((other) => same(one, other))));
    const due = wanted.filter((one) => !this.running.some((other) => same(one, other)));
    await step(`Starting ${due.map(({ name, version }) => `${name} (${version})`).join(', ')}`, async () => {
      const started = due.map((one) => this.begin(one));
      this.running.push(...started);
      await Promise.all(started.map(({ fleet }) => fleet.ready(START_GUARD_MS)));
    });
  }

  /** An app that the old version does not have runs as the new one, once its database is there. */
  private processes(app: App, versions: readonly Version[]): Process[] {
    const inOld = presentApps(this.checkouts.old).some(({ name }) => name === app.name);
    if (!inOld && !this.upgraded) return [];
    const possible: readonly Version[] = inOld ? versions : ['new'];
    return possible.map((version, index) => ({ app, version, name: `${app.name}${index > 0 ? '+' : ''}` }));
  }

  private begin(one: Process): Running {
    const { name, version } = one;
    const fleet = new Fleet(undefined, (text) => this.output.take(`${name} (${version})`, text));
    fleet.start([this.plan(one)]);
    return { ...one, fleet };
  }

  private async end(processes: readonly Running[]): Promise<void> {
    this.running = this.running.filter((one) => !processes.includes(one));
    processes.forEach(({ fleet }) => fleet.close());
    await Promise.all(processes.map(({ fleet }) => fleet.stop(() => true)));
  }

  private facts(gateway = 'gateway'): StackFacts {
    const { secrets, prefix, direct, ports } = this;
    const shared = { secrets, prefix, ownBroker: true, nodeEnv: 'test', addresses: direct };
    return { ...shared, gatewayPort: ports[gateway] ?? 0, smtpPort: ports.smtp ?? 0 };
  }

  private platform(version: Version): Platform {
    const checkout = this.checkouts[version];
    const apps = presentApps(checkout);
    const options = { apps, facts: this.facts(), fleet: new Fleet(), healthPorts: {}, inboxPort: 0, demoDone: [] };
    return new Platform({ ...options, places: { ...this.all, checkout } });
  }

  /** With the settings of the new version: they come first in an upgrade, and the old one passes over what is new. */
  private plan({ app, version, name }: Process): Plan {
    const facts = this.facts(app.name === 'gateway' ? name : 'gateway');
    const plan = appPlan(app, this.checkouts[version], facts, this.ports[`health.${name}`] ?? 0, name);
    const stripe = { STRIPE_SECRET_KEY: PROVIDER_KEY, STRIPE_API_URL: this.provider.url, PAYOUT_METHOD_DELAY: '0' };
    return { ...plan, env: { ...plan.env, LOG_FORMAT: 'json', ...(app.name === 'payouts' ? stripe : {}) } };
  }
}
