import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apps, operator } from './apps';
import { writeFileSafely } from './files';
import { releaseLock, takeLock } from './lock';
import { places, type Places } from './places';
import { choosePorts } from './ports';
import { Secrets } from './secrets';
import { Servers, type ServerAddresses } from './servers/servers';
import { say, StackError } from './terminal';

/** Servers for tests: apart from those of `npm start`, fast and forgetful. */
export class TestServers {
  readonly places: Places;
  readonly secrets: Secrets;
  private readonly servers: Servers;

  private constructor(all: Places, secrets: Secrets, servers: Servers) {
    this.places = all;
    this.secrets = secrets;
    this.servers = servers;
  }

  /** A set below `.data/<name>`; what an earlier one left there is removed. */
  static async prepare(checkout: string, name: string): Promise<TestServers> {
    const all = places(checkout, name);
    const lock = join(all.home, 'lock');
    const other = takeLock(lock);
    if (other) {
      throw new StackError(`Test servers already run in ${all.home} (process ${other.pid}).`);
    }
    rmSync(all.servers, { recursive: true, force: true });
    mkdirSync(all.servers, { recursive: true });
    const secrets = new Secrets(join(all.home, 'secrets.json'));
    const ports = await choosePorts(['postgres', 'nats', 'redis']);
    const onDeath = (dead: string) => say(`${dead} ended by itself; tests that need it will fail.`);
    return new TestServers(
      all,
      secrets,
      new Servers({ places: all, secrets, ports, given: {}, forTests: true, onDeath }),
    );
  }

  /** Starts them and answers the variables by which tests find them. */
  async start(): Promise<Record<string, string>> {
    const addresses = await this.servers.start();
    return this.variables(addresses);
  }

  /** Stops them and removes their data. */
  async stop(): Promise<void> {
    await this.servers.stop();
    rmSync(this.places.servers, { recursive: true, force: true });
    releaseLock(join(this.places.home, 'lock'));
  }

  private variables(addresses: ServerAddresses): Record<string, string> {
    const variables: Record<string, string> = {
      TEST_DATABASE_ADMIN_URL: addresses.databaseAdminUrl,
      TEST_NATS_URL: addresses.natsUrl,
      TEST_REDIS_URL: addresses.redisUrl,
    };
    const postgres = this.servers.programPath('postgres');
    const nats = this.servers.programPath('nats');
    const redis = this.servers.programPath('redis');
    if (postgres && nats && redis) {
      variables.TEST_POSTGRES_BIN = dirname(postgres);
      variables.TEST_NATS_SERVER = nats;
      variables.TEST_REDIS_SERVER = redis;
    }
    for (const { name } of [...apps, operator]) {
      variables[`TEST_NATS_PASSWORD_${name.toUpperCase()}`] = this.secrets.password(`nats.${name}`);
    }
    return variables;
  }
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
