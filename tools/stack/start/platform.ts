import { join } from 'node:path';
import { startInbox, type Inbox } from '../../mail-inbox/inbox';
import { type App, operator, setup } from '../apps';
import { currentUses } from '../broker/current-uses';
import { basics, setting } from '../environment';
import { writeJson } from '../files';
import type { Places } from '../places';
import type { Fleet } from '../supervisor/fleet';
import type { Plan } from '../supervisor/supervised';
import { step } from '../terminal';
import { appEnvironment, brokerCredential, databaseOf, migrationEnvironment, type StackFacts } from './app-environment';
import { createDatabases } from './databases';
import { nodeArguments, runToEnd, scriptOf } from './one-shot';

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
    const uses = currentUses(places.checkout);
    const file = join(places.home, 'broker-uses.json');
    if (uses) writeJson(file, uses);
    const env = {
      ...basics(),
      ...brokerCredential(setup, facts),
      NATS_URL: facts.addresses.natsUrl,
      ...(uses ? { BROKER_USES: file } : {}),
    };
    const script = join(places.checkout, 'dist', 'tools', 'broker-setup', 'main.js');
    await step('Streams', () => runToEnd(script, places.checkout, env));
  }

  /** Databases, streams and consumers as the code expects them. */
  async migrate(): Promise<void> {
    const { facts, apps } = this.options;
    const owners = apps.filter((app) => app.database);
    const databases = owners.map((app) => databaseOf(app, facts));
    await this.setUpBroker();
    await step('Databases', () => createDatabases(facts.addresses.databaseAdminUrl, databases));
    await step('Migrations', async () => {
      await Promise.all(owners.map((app) => this.run(app, 'migrate', migrationEnvironment(app, facts))));
    });
  }

  /** Demo data of the services that have none yet, one after the other; answers those that have it now. */
  async loadDemo(): Promise<string[]> {
    const { apps, demoDone, places } = this.options;
    const due = apps.filter((app) => !demoDone.includes(app.name) && scriptOf(places.checkout, app.name, 'demo'));
    if (due.length > 0) {
      await step('Demo data', async () => {
        for (const app of due) {
          await this.run(app, 'demo', appEnvironment(app, this.options.facts, 0));
        }
      });
    }
    return [...demoDone, ...due.map((app) => app.name)];
  }

  /** Starts the inbox and the processes and waits until all are ready. */
  async start(): Promise<void> {
    const { apps, facts, healthPorts, places, fleet, inboxPort } = this.options;
    const file = join(places.home, 'mails.jsonl');
    this.inbox = await startInbox({ smtpPort: facts.smtpPort, httpPort: inboxPort, file });
    const plans = apps.map((app) => appPlan(app, places.checkout, facts, healthPorts[app.name] ?? 0));
    await step(`Starting ${apps.map((app) => app.name).join(', ')}`, async () => {
      fleet.start(plans);
      await fleet.ready(120_000);
    });
  }

  /** Ninety days of sessions, told as a charging back end tells them: once, and only to a whole platform. */
  async tellHistory(): Promise<void> {
    const { apps, facts, places } = this.options;
    if (!apps.some((app) => app.name === 'orders')) return;
    const env = {
      ...appEnvironment(operator, facts, 0),
      ...brokerCredential(operator, facts),
      PUBLIC_URL: `http://localhost:${facts.gatewayPort}`,
    };
    const script = join(places.checkout, 'dist', 'tools', 'demo', 'main.js');
    await step('Demo history', () => runToEnd(script, places.checkout, env));
  }

  async stop(): Promise<void> {
    await this.options.fleet.stop((name) => name === 'gateway');
    await this.inbox?.stop();
  }

  private async run(app: App, name: string, environment: Record<string, string>): Promise<void> {
    const { checkout } = this.options.places;
    const script = scriptOf(checkout, app.name, name);
    if (script) {
      await runToEnd(script, checkout, environment);
    }
  }
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
