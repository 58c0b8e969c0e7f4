import { join } from 'node:path';
import { presentApps, type App } from '../apps';
import { writeFileSafely } from '../files';
import { choosePorts } from '../ports';
import { databaseOf, type StackFacts } from '../start/app-environment';
import { dropDatabases } from '../start/databases';
import { Platform } from '../start/platform';
import { Fleet } from '../supervisor/fleet';
import type { TestServers } from './test-servers';

/** The whole platform with demo data, for journeys through the gateway. */
export class TestPlatform {
  private readonly fleet: Fleet;
  private readonly apps: App[];
  private output = '';
  private platform: Platform | undefined;
  private facts: StackFacts | undefined;

  constructor(private readonly servers: TestServers) {
    this.apps = presentApps(servers.places.checkout);
    this.fleet = new Fleet(undefined, (text) => void (this.output += text));
  }

  /** The file that gets what the apps wrote. */
  get logFile(): string {
    return join(this.servers.places.home, 'apps.log');
  }

  /** What the apps wrote of permissions that they do not have at the broker: each is a use that was not declared. */
  get denied(): string[] {
    return this.output.split('\n').filter((line) => line.includes('Permissions Violation'));
  }

  /** Starts it; answers the variables by which tests find it. */
  async start(): Promise<Record<string, string>> {
    const { places, secrets, addresses, ownBroker } = this.servers;
    const names = this.apps.map((app) => app.name);
    const healthPorts = await choosePorts(names);
    const { smtp, inbox, gateway, ocpp } = await choosePorts(['smtp', 'inbox', 'gateway', 'ocpp']);
    const prefix = `cpo-test-${process.pid}`;
    const nodeEnv = 'test';
    this.facts = {
      addresses,
      secrets,
      ownBroker,
      gatewayPort: gateway,
      chargersPort: ocpp,
      smtpPort: smtp,
      prefix,
      nodeEnv,
    };
    const { apps, facts, fleet } = this;
    this.platform = new Platform({ places, apps, facts, fleet, healthPorts, inboxPort: inbox, demoDone: [] });
    await this.platform.migrate();
    await this.platform.loadDemo();
    await this.platform.start();
    return {
      TEST_GATEWAY_URL: `http://127.0.0.1:${gateway}`,
      TEST_INBOX_URL: `http://127.0.0.1:${inbox}`,
      TEST_CHARGERS_URL: `ws://127.0.0.1:${ocpp}/ocpp`,
    };
  }

  async stop(): Promise<void> {
    await this.platform?.stop();
    writeFileSafely(this.logFile, this.output);
    const { facts } = this;
    if (facts) {
      const names = this.apps.filter((app) => app.database).map((app) => databaseOf(app, facts).name);
      await dropDatabases(this.servers.addresses.databaseAdminUrl, names);
    }
  }
}
