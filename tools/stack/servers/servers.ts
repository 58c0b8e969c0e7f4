import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { currentUses } from '../broker/current-uses';
import { backEndsOfSetting } from '../broker/back-ends';
import { brokerAccounts, PLATFORM } from '../broker/users';
import type { Places } from '../places';
import { pause, type ProcessMark } from '../processes';
import type { Secrets } from '../secrets';
import { closeSharedDatabases } from '../start/databases';
import { say, step } from '../terminal';
import { Binaries, type Program, type ServerName } from './binaries';
import { planNats } from './nats';
import { withPasswords } from './nats-config';
import { planPostgres, postgresUrl } from './postgres';
import { planRedis, redisUrl } from './redis';
import { redisHash, redisUsers } from './redis-users';
import { RunningServer, type ServerPlan } from './running-server';

/** Where the three servers answer. */
export interface ServerAddresses {
  readonly databaseAdminUrl: string;
  readonly natsUrl: string;
  readonly redisUrl: string;
}

export interface ServersOptions {
  readonly places: Places;
  readonly secrets: Secrets;
  readonly ports: Record<ServerName, number>;
  /** Addresses of servers that somebody else runs; those are used as they are. */
  readonly given: Partial<ServerAddresses>;
  /** A test stack: data may be lost, and the broker lets connections in without credentials. */
  readonly forTests: boolean;
  /** Charging back ends with credentials of their own; by default those of the setting. */
  readonly backEnds?: readonly string[];
  /** Told when a server ended by itself. */
  readonly onDeath: (name: string) => void;
  /** Told when the set of running processes changed. */
  readonly changed?: () => void;
}

/** The password of a user of a Redis that was started here. */
export const redisPassword = (secrets: Secrets, user: string): string => secrets.password(`redis.${user}`);

const label: Record<ServerName, string> = { postgres: 'PostgreSQL', nats: 'NATS', redis: 'Redis' };

/** The servers behind the services: private ones of ours, or given ones. */
export class Servers {
  private readonly running: RunningServer[] = [];
  private stopping = false;
  private programs: Partial<Record<ServerName, Program>> = {};

  constructor(private readonly options: ServersOptions) {}

  /** Starts those that are not given; they are registered before they answer, so that a failure can stop them. */
  async start(): Promise<ServerAddresses> {
    const { places, ports, secrets, given } = this.options;
    const own = this.ownServers();
    this.programs = await new Binaries(places.packages).find(own);
    await Promise.all(own.map((name) => this.startOne(name)));
    return {
      databaseAdminUrl: given.databaseAdminUrl ?? postgresUrl(ports.postgres, secrets.password('postgres')),
      natsUrl: given.natsUrl ?? `nats://127.0.0.1:${ports.nats}`,
      redisUrl: given.redisUrl ?? redisUrl(ports.redis, redisPassword(secrets, 'admin')),
    };
  }

  /** Paths of the programs, for tests that start and kill servers of their own. */
  programPath(name: ServerName): string | undefined {
    return this.programs[name]?.path;
  }

  /** PostgreSQL's, the broker's and Redis', of those that were started here. */
  get marks(): ProcessMark[] {
    const inOrder = Object.values(label).flatMap((name) => this.running.filter((server) => server.name === name));
    return inOrder.map((server) => server.mark).filter((mark) => mark !== undefined);
  }

  /** The process of one server, when it was started here. */
  mark(name: ServerName): ProcessMark | undefined {
    return this.running.find((server) => server.name === label[name])?.mark;
  }

  /** Stops what was started here. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running.map((server) => server.stop()));
  }

  private ownServers(): ServerName[] {
    const { given } = this.options;
    const all: [ServerName, string | undefined][] = [
      ['postgres', given.databaseAdminUrl],
      ['nats', given.natsUrl],
      ['redis', given.redisUrl],
    ];
    return all.filter(([, url]) => url === undefined).map(([name]) => name);
  }

  private async startOne(name: ServerName): Promise<void> {
    await step(`${label[name]} on port ${this.options.ports[name]}`, async () => {
      const plan = await this.plan(name);
      if (!this.stopping) {
        const server: RunningServer = new RunningServer(plan, () => void this.revive(server));
        this.running.push(server);
        await server.start();
        this.options.changed?.();
        if (name === 'postgres') {
          await closeSharedDatabases(
            postgresUrl(this.options.ports.postgres, this.options.secrets.password('postgres')),
          );
        }
      }
    });
  }

  /** A server of `npm start` comes back when it died; tests must see that it did. */
  private async revive(server: RunningServer): Promise<void> {
    this.options.onDeath(server.name);
    while (!this.stopping && !this.options.forTests) {
      await pause(1_000);
      try {
        await server.start();
        this.options.changed?.();
        return;
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    }
  }

  private async plan(name: ServerName): Promise<ServerPlan> {
    const { places, ports, secrets, forTests } = this.options;
    const folder = join(places.servers, name);
    mkdirSync(folder, { recursive: true });
    const program = this.programs[name] as Program;
    const shared = { program, folder, user: places.user, port: ports[name] };
    if (name === 'postgres') {
      return planPostgres({ ...shared, password: secrets.password('postgres'), forgetful: forTests });
    }
    if (name === 'redis') {
      // Tests have prefixes of their own beside each other.
      const users = redisUsers(forTests ? '*' : 'cpo', (user) => redisHash(redisPassword(secrets, user)));
      return planRedis({ ...shared, password: redisPassword(secrets, 'admin'), users });
    }
    const known = brokerAccounts(currentUses(places.checkout), this.options.backEnds ?? backEndsOfSetting());
    const accounts = withPasswords(known, (owner) => secrets.password(`nats.${owner}`));
    const anyone = { name: 'test', password: secrets.password('nats.test'), publish: ['>'], subscribe: ['>'] };
    if (!forTests) return planNats({ ...shared, accounts });
    const open = accounts.map((one) => (one.name === PLATFORM ? { ...one, users: [...one.users, anyone] } : one));
    return planNats({ ...shared, accounts: open, anonymous: anyone.name });
  }
}
