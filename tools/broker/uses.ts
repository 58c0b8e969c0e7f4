import * as contracts from '@open-cpo/contracts';
import {
  type AnyOperation,
  type BrokerUses,
  calledOperations,
  type ConsumerUse,
  filterOf,
  outboxOf,
  SEALING_SERVICES,
  secretsOf,
} from '@open-cpo/contracts';
/* eslint-disable @nx/enforce-module-boundaries -- the broker's permissions follow from what each app declares */
import { brokerUses as auth } from '../../apps/auth/src/broker';
import { brokerUses as chargers } from '../../apps/chargers/src/broker';
import { brokerUses as gateway } from '../../apps/gateway/src/broker';
import { brokerUses as notifications } from '../../apps/notifications/src/broker';
import { brokerUses as orders } from '../../apps/orders/src/broker';
import { brokerUses as payouts } from '../../apps/payouts/src/broker';
import { brokerUses as stations } from '../../apps/stations/src/broker';
import { brokerUses as worker } from '../../apps/worker/src/broker';
import { brokerUses as workforce } from '../../apps/workforce/src/broker';
/* eslint-enable @nx/enforce-module-boundaries */
import { apps } from '../stack/apps';
import type { AllUses, Consumption, Uses } from '../stack/broker/permissions';

const declared = { auth, chargers, gateway, notifications, orders, payouts, stations, worker, workforce };

const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort();
const filters = (list: BrokerUses['watches'] = []): string[] => sorted(list.map(({ filter }) => filter));

const streamOf = (filter: string): string => (filter.startsWith('charging.') ? 'CHARGING' : 'FACTS');

function consumption({ of, ...more }: ConsumerUse): Consumption {
  const filter = filterOf({ of, ...more });
  return { ...more, stream: streamOf(filter), filter };
}

/** What one app uses, in the words of the broker. */
const usesOf = (uses: BrokerUses): Uses => ({
  calls: sorted(calledOperations(uses).map(({ subject }) => subject)),
  watches: filters(uses.watches),
  consumes: (uses.consumes ?? []).map(consumption).sort((one, other) => one.as.localeCompare(other.as)),
  keeps: uses.stores ?? [],
  tells: filters(uses.publishes),
  links: filters(uses.links),
});

/** Every operation that the contracts declare. */
const declaredOperations = (): AnyOperation[] =>
  Object.values(contracts as Record<string, unknown>)
    .filter(isResource)
    .flatMap((resource) => Object.values(resource));

const isResource = (value: unknown): value is Record<string, AnyOperation> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).some(
    (one: unknown) => typeof one === 'object' && one !== null && 'subject' in one && 'kind' in one,
  );

/** What operators alone may ask: the declared operations, and those that services share. */
export function operatorSubjects(): string[] {
  const outboxes = apps.filter(({ database }) => database).flatMap(({ name }) => Object.values(outboxOf(name)));
  const sealing = SEALING_SERVICES.flatMap((name) => Object.values(secretsOf(name)));
  const theirs = declaredOperations().filter(({ operator }) => operator);
  return sorted([...theirs, ...outboxes, ...sealing].map(({ subject }) => subject));
}

/** What each app, and the command of operators, use of the broker. */
export const uses: AllUses = {
  ...Object.fromEntries(Object.entries(declared).map(([name, one]) => [name, usesOf(one)])),
  operator: { calls: operatorSubjects(), watches: [], consumes: [] },
};

/** The durable consumers of all apps. */
export const allConsumers: readonly Consumption[] = Object.values(uses).flatMap(({ consumes }) => consumes);
