import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { getMetadataStorage } from 'class-validator';
import { type ProcessConfig, readConfig } from '@open-cpo/platform';

export type ConfigClass = new () => ProcessConfig;

/** The class of an app's settings, among what its config.ts exports. */
export function configClass(exported: Record<string, unknown>): ConfigClass {
  const [found] = Object.entries(exported).filter(([name]) => name.endsWith('Config'));
  if (!found) throw new Error('There is no class of settings.');
  return found[1] as ConfigClass;
}

const environmentName = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** Names of the variables that an app knows. */
export function settingsOf(Config: new () => object): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(Config, '', true, false);
  return [...new Set(rules.map(({ propertyName }) => environmentName(propertyName)))];
}

/** Read by Node itself. */
const byNode = ['NODE_EXTRA_CA_CERTS'];

/** The variables of a container that its app does not know. */
export const unknownVariables = (Config: new () => object, names: readonly string[]): string[] => {
  const known = [...settingsOf(Config), ...byNode];
  return names.filter((name) => !known.includes(name) && !known.includes(name.replace(/_FILE$/, '')));
};

/** Good values of what is mounted as files. */
const samples: Record<string, string> = {
  'nats-password': 'secret',
  'redis-url': 'redis://:secret@valkey:6379',
  'database-url': 'postgres://cpo:secret@postgres:5432/cpo',
  'secrets-key': Buffer.alloc(32, 7).toString('base64'),
  'signing-keys': '{"keys":[]}',
  'smtp-url': 'smtp://mail:1025',
  's3-access-key-id': 'AKIA1',
  's3-secret-access-key': 'secret',
  'stripe-secret-key': 'sk_test_1',
  'stripe-webhook-secret': 'whsec_1',
};

/** Reads the configuration as the process does that gets these variables. @throws ConfigError */
export function configuredBy(Config: ConfigClass, env: Readonly<Record<string, string>>): ProcessConfig {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  const here = Object.entries(env).map(([name, value]): [string, string] => {
    if (!value.startsWith('/secrets/')) return [name, value];
    const file = join(folder, basename(value));
    const sample = samples[basename(value)];
    if (sample === undefined) throw new Error(`${value} is not a secret that is known`);
    writeFileSync(file, sample);
    return [name, file];
  });
  return readConfig(Config, Object.fromEntries(here));
}
