import { join } from 'node:path';
import type { Replica } from '../faults/load/balancer';
import { payoutSettings, StripeServer } from '../faults/environment/provider';
import { type App, presentApps } from '../stack/apps';
import { type AppProcess, TestEnvironment } from '../stack/start/test-environment';
import type { Plan } from '../stack/supervisor/supervised';
import { StackError, step } from '../stack/terminal';
import type { Mix, Version } from './mixes';
import { Output } from './output';

const GATEWAYS = ['gateway', 'gateway+'];

/** One app as one version of it runs; the second process of an app has a plus. */
interface VersionedProcess extends AppProcess {
  readonly version: Version;
}

/** Servers, and on them the apps of this version and of another one. */
export class TwoVersions extends TestEnvironment {
  readonly output = new Output();
  private readonly checkouts: Readonly<Record<Version, string>>;
  private provider_?: StripeServer;
  private processes: readonly VersionedProcess[] = [];
  private upgraded = false;

  constructor(checkout: string, old: string) {
    super({ checkout, folder: join('n-minus-one-run', String(process.pid)) });
    this.checkouts = { old, new: checkout };
  }

  /** Those that have a database and can be asked: before the upgrade the old ones alone. */
  override get apps(): readonly App[] {
    return presentApps(this.upgraded ? this.checkouts.new : this.checkouts.old);
  }

  get gateways(): Replica[] {
    return this.replicas(GATEWAYS);
  }

  get provider(): StripeServer {
    if (!this.provider_) throw new StackError('The servers do not run yet.');
    return this.provider_;
  }

  /** Servers with the permissions of the new version, as the upgrade guide wants them, and the data of the old one. */
  async start(): Promise<void> {
    await this.startServers(GATEWAYS);
    this.provider_ = await StripeServer.start();
    await this.startInbox();
    const old = this.platform(this.checkouts.old);
    await old.migrate();
    await old.loadDemo();
    await this.change(() => ['old']);
  }

  /** The schema, the streams and the consumers of the new version, while the old one runs. */
  async upgrade(): Promise<void> {
    await this.platform().migrate();
    this.upgraded = true;
  }

  /** Ends the processes that do not belong to the mix and starts those that do. */
  async run({ runs }: Mix): Promise<void> {
    await this.change(runs);
  }

  /** Ends every worker: what is to be done waits in the queues. */
  async endWorkers(): Promise<void> {
    await this.end(this.processes.filter(({ app }) => app.name === 'worker'));
  }

  /** Gateways that run, with the version of each. */
  get runningGateways(): (Replica & { readonly version: Version })[] {
    const gateways = this.processes.filter(({ app }) => app.name === 'gateway');
    return gateways.flatMap(({ name, version }) => this.replicas([name]).map((replica) => ({ ...replica, version })));
  }

  override async stop(keepLog = false): Promise<string> {
    await this.stopProcesses();
    await this.provider_?.stop();
    return super.stop(keepLog);
  }

  private async change(runs: Mix['runs']): Promise<void> {
    const wanted = presentApps(this.checkouts.new).flatMap((app) => this.processesOf(app, runs(app.name)));
    const isIn = (all: readonly VersionedProcess[], { name, version }: VersionedProcess): boolean =>
      all.some((one) => one.name === name && one.version === version);
    await this.end(this.processes.filter((one) => !isIn(wanted, one)));
    const due = wanted.filter((one) => !isIn(this.processes, one));
    this.processes = [...this.processes, ...due];
    const names = due.map(({ name, version }) => `${name} (${version})`);
    await step(`Starting ${names.join(', ')}`, () => this.startProcesses(due));
  }

  /** An app that the old version does not have runs as the new one, once its database is there. */
  private processesOf(app: App, versions: readonly Version[]): VersionedProcess[] {
    const inOld = presentApps(this.checkouts.old).some(({ name }) => name === app.name);
    if (!inOld && !this.upgraded) return [];
    const possible: readonly Version[] = inOld ? versions : ['new'];
    return possible.map((version, index) => {
      const name = `${app.name}${index > 0 ? '+' : ''}`;
      return { app, version, name, checkout: this.checkouts[version] };
    });
  }

  private async end(processes: readonly VersionedProcess[]): Promise<void> {
    await this.stopProcesses((name) => processes.some((one) => one.name === name));
    this.processes = this.processes.filter((one) => !processes.includes(one));
  }

  protected override wrote(process: string, text: string): void {
    super.wrote(process, text);
    const version = this.processes.find(({ name }) => name === process)?.version;
    this.output.take(version ? `${process} (${version})` : process, text);
  }

  /** With the settings of the new version: they come first in an upgrade, and the old one passes over what is new. */
  protected override plan(process: AppProcess): Plan {
    const plan = super.plan(process);
    const own = process.app.name === 'payouts' ? payoutSettings(this.provider) : {};
    return { ...plan, env: { ...plan.env, ...own } };
  }
}
