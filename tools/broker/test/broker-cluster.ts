import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerAccounts } from '../../stack/broker/users';
import { anyFree } from '../../stack/ports';
import { natsConfig, withPasswords } from '../../stack/servers/nats-config';
import { uses } from '../uses';
import { GuardedBroker } from './guarded-broker';

export const passwordOf = (owner: string): string => `${owner}-secret`;

/** Brokers that form one cluster, each a process with a store of its own, with the accounts of the platform. */
export class BrokerCluster {
  private readonly running = new Map<string, GuardedBroker>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'cluster-'));

  private constructor(private readonly routes: ReadonlyMap<string, number>) {}

  static async start(...names: readonly string[]): Promise<BrokerCluster> {
    const routes = new Map<string, number>();
    for (const name of names) routes.set(name, await anyFree());
    const cluster = new BrokerCluster(routes);
    await Promise.all(names.map((name) => cluster.open(name)));
    return cluster;
  }

  /** Of the nodes that run. */
  get natsUrl(): string {
    return [...this.running.values()].map(({ url }) => url).join(',');
  }

  /** One of the nodes that run. */
  get node(): GuardedBroker {
    const [first] = this.running.values();
    if (!first) throw new Error('No node runs.');
    return first;
  }

  /** Starts a node, with what it had stored. */
  async open(name: string): Promise<void> {
    const accounts = withPasswords(brokerAccounts(uses), passwordOf);
    const storeFolder = join(this.folder, name);
    const routes = [...this.routes.values()].map((port) => `nats-route://127.0.0.1:${port}`);
    const cluster = [
      `server_name: ${name}`,
      `cluster { name: trial, listen: "127.0.0.1:${this.routes.get(name)}", routes: ${JSON.stringify(routes)} }`,
    ].join('\n');
    const node = await GuardedBroker.start((port) => `${natsConfig({ port, storeFolder, accounts })}${cluster}\n`);
    this.running.set(name, node);
  }

  /** Kills a node; what it stored stays. */
  async kill(name: string): Promise<void> {
    const node = this.running.get(name);
    this.running.delete(name);
    await node?.stop();
  }

  async stop(): Promise<void> {
    for (const name of [...this.running.keys()]) await this.kill(name);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
