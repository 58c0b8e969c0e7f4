import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { TestEnvironment } from '../../stack/start/test-environment';

/** A platform whose apps can be stopped and started again. */
export class RestorablePlatform extends TestEnvironment {
  private constructor(checkout: string) {
    super({ checkout, folder: join('trials', `restore-${randomBytes(4).toString('hex')}`), forTests: true });
  }

  /** Servers with databases and demo accounts; no app runs yet. */
  static async create(checkout: string): Promise<RestorablePlatform> {
    const created = new RestorablePlatform(checkout);
    try {
      await created.startServers();
      await created.prepare();
      await created.startInbox();
    } catch (error) {
      await created.stop();
      throw error;
    }
    return created;
  }

  /** Starts all apps but those named. */
  async up(without: readonly string[] = []): Promise<void> {
    await this.platform().setUpBroker();
    const apps = this.apps.filter(({ name }) => !without.includes(name));
    await this.startProcesses(apps.map((app) => ({ app, name: app.name })));
  }

  /** Asks a service's database, past the service. */
  async ask<T extends object>(service: string, text: string): Promise<T[]> {
    const client = new Client(this.databaseUrl(service));
    await client.connect();
    try {
      return (await client.query<T>(text)).rows;
    } finally {
      await client.end();
    }
  }
}
