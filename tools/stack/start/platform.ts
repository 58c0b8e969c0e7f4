import { join } from 'node:path';
import { startInbox, type Inbox } from '../../mail-inbox/inbox';
import { type App, operator, setup } from '../apps';
import { basics, setting } from '../environment';
import type { Places } from '../places';
import { keepsStreams } from '../servers/nats';
import type { Fleet } from '../supervisor/fleet';
import type { Plan } from '../supervisor/supervised';
import { step } from '../terminal';
import { appEnvironment, brokerCredential, databaseOf, migrationEnvironment, type StackFacts } from './app-environment';
import { builtFrom } from './built';
import { appliedMigrations, createDatabases, databaseUrl } from './databases';
import { nodeArguments, runToEnd, scriptOf } from './one-shot';
import { type Part, together } from './parts';
import type { Prepared } from './state';

export interface PlatformOptions {
  readonly places: Places;
  readonly apps: readonly App[];
  readonly facts: StackFacts;
  readonly healthPorts: Record<string, number>;
  readonly inboxPort: number;
  /** Services that have their demo data already. */
  readonly demoDone: readonly string[];
  readonly fleet: Fleet;
}

/** The apps on top of running servers: databases, migrations, demo data, processes, mail inbox. */
export class Platform {
  private inbox: Inbox | undefined;

  constructor(private readonly options: PlatformOptions) {}

  /** Streams and consumers as the code expects them; the apps may not make any. */
  async setUpBroker(): Promise<void> {
    const { facts, places } = this.options;
    const env = {
      ...basics(),
      ...brokerCredential(setup, facts),
      NATS_URL: facts.addresses.natsUrl,
    };
    const script = join(places.checkout, 'dist', 'tools', 'broker-setup', 'main.js');
    await step('Streams', () => runToEnd(script, places.checkout, env));
  }

  /**
   * Databases, streams and consumers as the code expects them. Answers what was prepared for which build: what `known` says
   * the same of is left as it is.
   */
  async migrate(known: Prepared = {}): Promise<Prepared> {
    const [databases, broker] = await Promise.all([this.preparedDatabases(known), this.preparedBroker(known)]);
    return { databases, broker };
  }

  private async preparedBroker({ broker }: Prepared): Promise<string | undefined> {
    const { facts, places } = this.options;
    // Of a broker that is not ours it is not known whether it is the same as before.
    const build = facts.ownBroker ? builtFrom(places.checkout) : undefined;
    if (build === undefined || build !== broker || !keepsStreams(join(places.servers, 'nats')))
      await this.setUpBroker();
    return build;
  }

  private async preparedDatabases({ databases: known }: Prepared): Promise<string | undefined> {
    const { facts, apps } = this.options;
    if (known !== undefined && known === (await this.migrated())) return known;
    const owners = apps.filter((app) => app.database);
    const databases = owners.map((app) => databaseOf(app, facts));
    await step('Databases', () => createDatabases(facts.addresses.databaseAdminUrl, databases));
    const scripts = owners.flatMap((app) => this.partOf(app, 'migrate', migrationEnvironment(app, facts)));
    await step('Migrations', () => this.runTogether(scripts));
    return this.migrated();
  }

  /** The build and the migrations that databases have; nothing where either is unknown. */
  private async migrated(): Promise<string | undefined> {
    const { apps, places, facts } = this.options;
    const build = builtFrom(places.checkout);
    const owners = apps.filter((app) => app.database);
    const urls = owners.map((app) => databaseUrl(facts.addresses.databaseAdminUrl, databaseOf(app, facts)));
    const applied = build && (await appliedMigrations(urls));
    return applied && `${build}: ${applied}`;
  }

  /** Demo data of the services that have none yet; answers those that have it now. */
  async loadDemo(): Promise<string[]> {
    const { apps, demoDone, places } = this.options;
    const due = apps.filter((app) => !demoDone.includes(app.name) && scriptOf(places.checkout, app.name, 'demo'));
    if (due.length > 0) {
      await step('Demo data', async () => {
        await this.runTogether(
          due.flatMap((app) => this.partOf(app, 'demo', appEnvironment(app, this.options.facts, 0))),
        );
      });
    }
    return [...demoDone, ...due.map((app) => app.name)];
  }

  /**
   * Starts the inbox and the processes and waits until all are ready. With `shared`, all apps but the gateway are one process.
   * The gateway is started after `beforeGateway`.
   */
  async start(shared = false, beforeGateway?: Promise<void>): Promise<void> {
    const { apps, facts, healthPorts, places, fleet, inboxPort } = this.options;
    const file = join(places.home, 'mails.jsonl');
    this.inbox = await startInbox({ smtpPort: facts.smtpPort, httpPort: inboxPort, file });
    const single = apps.map((app) => appPlan(app, places.checkout, facts, healthPorts[app.name] ?? 0));
    const plans = shared ? sharedPlans(places.checkout, single) : single;
    await step(`Starting ${apps.map((app) => app.name).join(', ')}`, async () => {
      const [gateways, services] = [true, false].map((is) => plans.filter(({ name }) => (name === 'gateway') === is));
      fleet.start(services ?? []);
      await beforeGateway;
      fleet.start(gateways ?? []);
      await fleet.ready(120_000);
    });
  }

  /**
   * Ninety days of sessions, published as a charging back end does: once, and only to a whole platform. `signal` ends it half
   * way; published again, each counts once.
   */
  async tellHistory(signal?: AbortSignal): Promise<void> {
    const { apps, facts, places } = this.options;
    if (!apps.some((app) => app.name === 'orders')) return;
    const env = {
      ...appEnvironment(operator, facts, 0),
      ...brokerCredential(operator, facts),
      PUBLIC_URL: `http://localhost:${facts.gatewayPort}`,
    };
    const script = join(places.checkout, 'dist', 'tools', 'demo', 'main.js');
    await step('Demo history of 90 days, in the background', () => runToEnd(script, places.checkout, env, signal));
  }

  async stop(): Promise<void> {
    await this.options.fleet.stop((name) => name === 'gateway');
    await this.inbox?.stop();
  }

  /** A script of an app, if it has it. */
  private partOf(app: App, name: string, env: Record<string, string>): Part[] {
    const script = scriptOf(this.options.places.checkout, app.name, name);
    return script === undefined ? [] : [{ script, env }];
  }

  /** Runs scripts to their end, in one process where the checkout is able to. */
  private async runTogether(parts: readonly Part[]): Promise<void> {
    const { checkout } = this.options.places;
    const all = together(checkout, parts);
    const runs = all && parts.length > 1 ? [all] : parts;
    await Promise.all(runs.map(({ script, env }) => runToEnd(script, checkout, env)));
  }
}

/** All apps but the gateway in one process: what they share is in memory once, and loaded once. */
export function sharedPlans(checkout: string, plans: readonly Plan[]): Plan[] {
  const [gateways, services] = [true, false].map((wanted) =>
    plans.filter(({ name }) => (name === 'gateway') === wanted),
  ) as [Plan[], Plan[]];
  const parts = services.map(({ args, env, healthUrl }) => ({ script: args.at(-1) ?? '', env, healthUrl }));
  const all = together(checkout, parts);
  const [first, ...further] = services;
  if (!all || !first || further.length === 0) return [...plans];
  const furtherHealthUrls = further.map(({ healthUrl }) => healthUrl);
  return [
    { ...first, name: 'services', args: nodeArguments(all.script), env: all.env, furtherHealthUrls },
    ...gateways,
  ];
}

/** How to run an app's process. */
export function appPlan(app: App, checkout: string, facts: StackFacts, healthPort: number, name = app.name): Plan {
  return {
    name,
    program: process.execPath,
    args: nodeArguments(join(checkout, 'dist', 'apps', app.name, 'src', 'main.js')),
    cwd: checkout,
    env: appEnvironment(app, facts, healthPort),
    healthUrl: `http://${probeHost(setting('HOST'))}:${healthPort}`,
  };
}

/** The address under which a process that listens on `host` is reached from this machine. */
export function probeHost(host: string | undefined): string {
  return host === undefined || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
