import { randomUUID } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { deadLetters } from '../../operator/dead-letters';
import { asUser } from '../environment/broker';
import type { TestContext } from '../environment/test-context';
import type { FaultEnvironment } from '../environment/fault-environment';
import type { Fault } from './fault';
import { moment } from './moments';

/** Events of each kind. */
const TIMES = 10;

/** An event that its consumers cannot handle. */
interface Poison {
  /** Whose it is at the broker. */
  readonly user: 'charging' | 'orders';
  readonly subject: string;
  readonly body: object | string;
  /** Apps whose consumers have to dead-letter it, and the field that their reason has to name. */
  readonly apps: readonly string[];
  readonly reason: RegExp;
}

const now = (): string => new Date().toISOString();
const session = (subject: string, body: object, reason: RegExp): Poison => ({
  user: 'charging',
  subject: `charging.session.${subject}`,
  body: { version: 1, session_id: randomUUID(), charge_point_id: 1, time: now(), ...body },
  apps: ['orders'],
  reason,
});
const ofCharger = (subject: string, body: object, reason: RegExp): Poison => ({
  user: 'charging',
  subject: `charging.${subject}`,
  body: { version: 1, charge_point_id: 1, time: now(), ...body },
  apps: ['stations'],
  reason,
});

const orders = (): Poison[] => [
  session('started', { session_id: '' }, /session_id/),
  session('metered', { meter_wh: -5 }, /meter_wh/),
  session('started', { token: 'EV_CHARGER_0' }, /token/),
  session('metered', { version: 2, meter_wh: 5 }, /version/),
  session('completed', { time: '2026-02-30T10:00:00Z' }, /time/),
  { ...session('metered', {}, /./), body: '{"version":1,' },
  { ...session('', { driver_id: 1007, rating: 9 }, /rating/), subject: 'charging.feedback.submitted' },
];
const stations = (): Poison[] => [
  ofCharger('connector.status', { connector_number: 1, status: 'melted' }, /status/),
  ofCharger('charger.connected', { time: 'yesterday' }, /time/),
  ofCharger('charger.disconnected', { version: 9 }, /version/),
];
/** What orders would say of a poisoned session. */
const payouts = (): Poison[] => [
  {
    user: 'orders',
    subject: 'facts.orders.orders.completed.1',
    body: { order_id: 1, account_id: 1, charge_point_id: 1, revision: 1, price_usd: 'much', payment: 'electronic' },
    apps: ['payouts', 'stations', 'notifications', 'workforce'],
    reason: /price_usd/,
  },
];

/** Publishes each of them some times; answers them by the ids of their events. */
async function publish(environment: FaultEnvironment, poisons: readonly Poison[]): Promise<Map<string, Poison>> {
  const poisoned = new Map<string, Poison>();
  for (const poison of Array.from({ length: TIMES }, () => poisons).flat()) {
    const id = randomUUID();
    poisoned.set(id, poison);
    const { user, subject, body } = poison;
    const head = headers();
    head.set('Nats-Msg-Id', id);
    head.set('occurred-at', now());
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    await asUser(environment, user, (nats) => jetstream(nats).publish(subject, text, { headers: head }));
  }
  return poisoned;
}

/** Which consumer's word is missing, or says too little; empty when all are dead-lettered with their reasons. */
async function missing(environment: FaultEnvironment, poisoned: ReadonlyMap<string, Poison>): Promise<string[]> {
  const letters = await asUser(environment, 'operator', (nats) => deadLetters(nats, 10_000));
  return [...poisoned].flatMap(([id, { apps, reason, subject }]) =>
    apps
      .filter(
        (app) => !letters.some((one) => one.eventId === id && one.consumer.startsWith(app) && reason.test(one.reason)),
      )
      .map((app) => `${subject} of ${app}`),
  );
}

const COMPLETE = 'select count(*) from orders where status = 1 and session_id = any($1::text[])';

/** Sessions that were told after the poison are orders before it is found. */
async function othersOnTime({ journal, databases }: TestContext, after: number): Promise<void> {
  await moment('sessions told after the poison were complete', async () => {
    const later = journal.of('session').slice(after);
    const ids = later.filter(({ acknowledged }) => acknowledged).map(({ mark }) => mark);
    return ids.length > 0 && (await databases.number('orders', COMPLETE, [ids])) > 0;
  });
}

function poisoned(name: string, poisons: () => Poison[], more: Partial<Fault> = {}): Fault {
  let poisoned: ReadonlyMap<string, Poison> = new Map();
  let before = 0;
  return {
    name: `poisoned events: ${name}`,
    hits: [],
    lasts: 500,
    begin: async (environment, context) => {
      poisoned = await publish(environment, poisons());
      before = context.journal.of('session').length;
    },
    end: async (environment, context) => {
      await othersOnTime(context, before);
      let left: string[] = [];
      await moment('every poisoned event was dead-lettered with its reason', async () => {
        left = await missing(environment, poisoned);
        return left.length === 0;
      }).catch((error: unknown) => {
        throw new Error(`${String(error)}: ${[...new Set(left)].join(', ')}`);
      });
    },
    ...more,
  };
}

/** Events that cannot be handled, for each app that takes events of sessions: they hold up nobody, and an operator is told why. */
export const poisonFaults: readonly Fault[] = [
  poisoned('orders', orders, { short: true }),
  poisoned('stations', stations),
  poisoned('payouts', payouts),
];
