import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { credentials } from '../apps';
import { setting } from '../environment';
import { readJson, writeFileSafely, writeJson } from '../files';
import { holder, releaseLock, takeLock } from '../lock';
import { places, type Places } from '../places';
import { choosePorts } from '../ports';
import type { ProcessMark } from '../processes';
import { Secrets } from '../secrets';
import { endLeftovers } from '../start/leftovers';
import { Servers, type ServerAddresses } from '../servers/servers';
import { say, StackError } from '../terminal';
import { removeTemporary } from './temporary';

/** Servers for tests: apart from those of `npm start`, fast and forgetful. */
export class TestServers {
  private known: ServerAddresses | undefined;

  private constructor(
    readonly places: Places,
    readonly secrets: Secrets,
    private readonly servers: Servers,
    /** Whether the broker was started here and knows the apps' passwords. */
    readonly ownBroker: boolean,
  ) {}

  /** A set below `.data/<name>`; what an earlier one left there is removed. */
  static async prepare(checkout: string, name: string): Promise<TestServers> {
    const all = places(checkout, name);
    const other = takeLock(join(all.home, 'lock'));
    if (other) {
      throw new StackError(`Test servers already run in ${all.home} (process ${other.pid}).`);
    }
    rmSync(all.servers, { recursive: true, force: true });
    mkdirSync(all.servers, { recursive: true });
    const secrets = new Secrets(join(all.home, 'secrets.json'));
    const ports = await choosePorts(['postgres', 'nats', 'redis']);
    const given = givenForTests();
    const onDeath = (dead: string) => say(`${dead} ended by itself; tests that need it will fail.`);
    const servers = new Servers({ places: all, secrets, ports, given, forTests: true, onDeath });
    return new TestServers(all, secrets, servers, given.natsUrl === undefined);
  }

  get addresses(): ServerAddresses {
    if (!this.known) {
      throw new Error('The test servers do not run yet.');
    }
    return this.known;
  }

  /** Starts them and answers the variables by which tests find them. */
  async start(): Promise<Record<string, string>> {
    this.known = await this.servers.start();
    writeJson(processesFile(this.places.home), this.servers.marks);
    const { databaseAdminUrl, natsUrl, redisUrl } = this.known;
    return {
      TEST_DATABASE_ADMIN_URL: databaseAdminUrl,
      TEST_NATS_URL: natsUrl,
      TEST_REDIS_URL: redisUrl,
      ...this.programs(),
      ...this.passwords(),
    };
  }

  /** Stops them and removes their data. */
  async stop(): Promise<void> {
    await this.servers.stop();
    rmSync(join(this.places.servers, 'postgres', 'data'), { recursive: true, force: true });
    releaseLock(join(this.places.home, 'lock'));
  }

  /** Removes what the servers and apps wrote, when nobody needs it to understand a failure. */
  forget(): void {
    rmSync(this.places.servers, { recursive: true, force: true });
    rmSync(this.places.home, { recursive: true, force: true });
  }

  /** For tests that start and kill servers of their own. */
  private programs(): Record<string, string> {
    const found = {
      TEST_POSTGRES_BIN: this.servers.programPath('postgres'),
      TEST_NATS_SERVER: this.servers.programPath('nats'),
      TEST_REDIS_SERVER: this.servers.programPath('redis'),
    };
    const entries = Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return Object.fromEntries(entries.map(([name, path]) => [name, name.endsWith('_BIN') ? dirname(path) : path]));
  }

  private passwords(): Record<string, string> {
    const named = credentials().map(({ name }) => [
      `TEST_NATS_PASSWORD_${name.toUpperCase()}`,
      this.secrets.password(`nats.${name}`),
    ]);
    return Object.fromEntries(this.ownBroker ? named : []) as Record<string, string>;
  }
}

/** Ends and removes what earlier runs left below `.data/<name>`, because they failed or were killed. */
export async function sweep(checkout: string, name: string): Promise<void> {
  const all = places(checkout, name);
  for (const run of readdirSync(all.home)) {
    const old = places(checkout, join(name, run));
    if (!holder(join(old.home, 'lock'))) {
      await endLeftovers(readJson<ProcessMark[]>(processesFile(old.home)) ?? []);
      rmSync(old.servers, { recursive: true, force: true });
      rmSync(old.home, { recursive: true, force: true });
      removeTemporary(run);
    }
  }
}

function processesFile(home: string): string {
  return join(home, 'processes.json');
}

/** Servers that already run for tests; the broker must be one for tests alone, because subjects have no prefix. */
function givenForTests(): Partial<ServerAddresses> {
  const databaseAdminUrl = setting('TEST_DATABASE_ADMIN_URL') ?? setting('DATABASE_ADMIN_URL');
  const natsUrl = setting('TEST_NATS_URL');
  const redisUrl = setting('TEST_REDIS_URL') ?? setting('REDIS_URL');
  return { ...(databaseAdminUrl && { databaseAdminUrl }), ...(natsUrl && { natsUrl }), ...(redisUrl && { redisUrl }) };
}

/** The variables as lines that a shell reads. */
export function exportLines(variables: Record<string, string>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`)
    .join('');
}

/** Writes the variables to a file for `. .data/test/env`. */
export function writeVariables(file: string, variables: Record<string, string>): void {
  writeFileSafely(file, exportLines(variables), 0o600);
}
