import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@open-cpo/contracts';
import { type AnyOperation, outboxOf, SEALING_SERVICES, secretsOf } from '@open-cpo/contracts';
import type { Uses } from '../stack/broker/permissions';
import { brokerAccounts } from '../stack/broker/users';
import { redisUsers } from '../stack/servers/redis-users';
import { natsValues } from './nats-values';
import { usersFile } from './users-file';
import { valkeySecret } from './valkey-secret';
import { productionSources, usesOfFolders } from './source-uses';

export interface DerivedFile {
  readonly path: string;
  readonly text: string;
}

/** Who is a process of the platform. */
const processes = 'auth chargers gateway notifications orders payouts stations worker workforce'.split(' ');

/** Every operation that the contracts declare. */
function declaredOperations(): AnyOperation[] {
  const groups = Object.values(contracts as Record<string, unknown>).filter(isGroup);
  return groups.flatMap((group) => Object.values(group));
}

const isGroup = (value: unknown): value is Record<string, AnyOperation> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).some(
    (one: unknown) => typeof one === 'object' && one !== null && 'subject' in one && 'kind' in one,
  );

/** What operators alone may ask: the declared operations, and those that services share. */
export function operatorSubjects(checkout: string): string[] {
  const owners = processes.filter((name) => existsSync(join(checkout, 'apps', name, 'src/migrate.ts')));
  const outboxes = owners.flatMap((name) => Object.values(outboxOf(name)));
  const sealing = SEALING_SERVICES.flatMap((name) => Object.values(secretsOf(name)));
  const declared = declaredOperations().filter(({ operator }) => operator);
  return [...declared, ...outboxes, ...sealing].map(({ subject }) => subject);
}

/** What each app uses of the broker, by its sources. */
export function usesOfAll(checkout: string): Record<string, Uses> {
  const present = processes.filter((name) => existsSync(join(checkout, 'apps', name, 'src/main.ts')));
  const uses = Object.fromEntries(present.map((name) => [name, usesOfApp(checkout, name)]));
  const asked = operatorSubjects(checkout);
  const calls = asked.filter((subject) => present.includes(subject.slice(0, subject.indexOf('.')))).sort();
  return { ...uses, operator: { calls, watches: [], consumes: [], keeps: [] } };
}

function usesOfApp(checkout: string, name: string): Uses {
  const source = join(checkout, 'apps', name, 'src');
  const usesRates = productionSources(source).some((file) =>
    readFileSync(file, 'utf8').includes('CurrencyRatesModule'),
  );
  const library = join(checkout, 'libs/persistence/src/currency-rates');
  return usesOfFolders(usesRates ? [source, library] : [source], name);
}

/** Every file that follows from what the apps use of the broker and of Redis. */
export function derivedFiles(checkout: string): DerivedFile[] {
  const uses = usesOfAll(checkout);
  const accounts = brokerAccounts(uses);
  return [
    { path: 'tools/stack/broker/uses.json', text: `${JSON.stringify(uses, undefined, 2)}\n` },
    { path: 'deploy/nats/users.conf', text: usersFile(accounts) },
    { path: 'k8s/servers/nats/users.yaml', text: natsValues(accounts) },
    { path: 'deploy/redis/users.acl', text: redisUsers('cpo', (name) => `{${name}}`) },
    { path: 'k8s/servers-external-secrets/valkey.yaml', text: valkeySecret() },
  ];
}
