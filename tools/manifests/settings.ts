import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { getMetadataStorage } from 'class-validator';
import { type LogConfig, MigrationConfig, readConfig } from '@open-cpo/platform';
import { SetupConfig } from '../broker-setup/setup-config';

export type ConfigClass = new () => LogConfig;

/** The class of an app's settings, among what its config.ts exports. */
export function configClass(exported: Record<string, unknown>): ConfigClass {
  const [found] = Object.entries(exported).filter(([name]) => name.endsWith('Config'));
  if (!found) throw new Error('There is no class of settings.');
  return found[1] as ConfigClass;
}

/** The word of a container that sets up the broker. */
const SETUP = '/app/dist/tools/broker-setup/main.js';

/** What tells what a container does. */
interface Told {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

/** Whether a container makes streams and consumers. */
export const isSetup = ({ command = [] }: Told): boolean => command.includes(SETUP);

/** Of a container: a migration is told of its database alone, the setup of the broker alone. */
export const configFor = (container: Told, app: () => ConfigClass): ConfigClass => {
  if (isSetup(container)) return SetupConfig;
  return isMigration(container.args) ? MigrationConfig : app();
};

/** Whether a container with these arguments runs migrations; one that waits for them is the service. */
export const isMigration = (words: readonly string[] = []): boolean => words.join(' ') === 'migrate';

const environmentName = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** Names of the variables that an app knows. */
export function settingsOf(Config: new () => object): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(Config, '', true, false);
  return [...new Set(rules.map(({ propertyName }) => environmentName(propertyName)))];
}

/** Read by Node itself. */
const byNode = ['NODE_EXTRA_CA_CERTS', 'ICU_TIMEZONE_FILES_DIR'];

/** The variables of a container that its app does not know. */
export const unknownVariables = (Config: new () => object, names: readonly string[]): string[] => {
  const known = [...settingsOf(Config), ...byNode];
  return names.filter((name) => !known.includes(name) && !known.includes(name.replace(/_FILE$/, '')));
};

/** Good values of what is mounted as files. */
const samples: Record<string, string> = {
  'nats-password': 'secret',
  'call-keys': '{}',
  'redis-url': 'rediss://:secret@valkey:6379',
  'database-url': 'postgres://cpo:secret@postgres:5432/cpo?sslmode=verify-full',
  'secrets-key': Buffer.alloc(32, 7).toString('base64'),
  'signing-keys': '{"keys":[]}',
  'smtp-url': 'smtp://mail:1025',
  'board-password': 'sixteen-or-more-characters',
  's3-access-key-id': 'AKIA1',
  's3-secret-access-key': 'secret',
  'stripe-secret-key': 'sk_test_1',
  'stripe-webhook-secret': 'whsec_1',
};

/** Reads the configuration as the process does that gets these variables. @throws ConfigError */
export function configuredBy(Config: ConfigClass, env: Readonly<Record<string, string>>): LogConfig {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  try {
    const here = Object.entries(env).map(([name, value]): [string, string] => {
      if (!value.startsWith('/secrets/')) return [name, value];
      const file = join(folder, basename(value));
      const sample = samples[basename(value)];
      if (sample === undefined) throw new Error(`${value} is not a secret that is known`);
      writeFileSync(file, sample);
      return [name, file];
    });
    return readConfig(Config, Object.fromEntries(here));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
