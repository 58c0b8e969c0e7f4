import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import {
  type DomainEvent,
  feedbackSubmitted,
  sessionCompleted,
  sessionMetered,
  sessionStarted,
} from '@open-cpo/contracts';
import type { BatchEvent } from '@open-cpo/events';
import { until } from '@open-cpo/testing';
import fc from 'fast-check';
import {
  empty,
  knowChargePoints,
  type Orders,
  ordersWhere,
  rebuild,
  replica,
  say,
  startOrders,
  publishedEvents,
} from '../test/orders';
import { after, endedAt, meteredAt, startedAt } from '../test/session';
import { SessionEventsConsumer } from './session-events.consumer';

interface Message {
  readonly domainEvent: DomainEvent<object>;
  readonly payload: object;
  readonly id: string;
}

const message = (domainEvent: DomainEvent<never>, payload: object, id: string): Message => ({
  domainEvent: domainEvent,
  payload,
  id,
});

/** Two sessions with readings on both sides of a change of price, as they really were. */
const history = (session: string, chargePoint: number): Message[] => [
  message(
    sessionStarted as DomainEvent<never>,
    startedAt(session, { charge_point_id: chargePoint }),
    `${session}-start`,
  ),
  message(sessionMetered as DomainEvent<never>, meteredAt(session, 10, 1000), `${session}-10`),
  message(sessionMetered as DomainEvent<never>, meteredAt(session, 40, 7000), `${session}-40`),
  message(sessionCompleted as DomainEvent<never>, endedAt(session, 60, 9000), `${session}-end`),
];

const OUTCOME = `select session_id, charge_point_id, status, quantity, price_usd, earning_usd, charging_session_energy,
  charging_session_time, delivered_at, prices, updated_at from orders order by session_id`;

describe('a session’s events in any order and number', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('any_order');
    await knowChargePoints(own);
    const tariff = {
      unit: 'energy',
      time_zone: 'Africa/Algiers',
      base_usd: '1',
      ranges: [{ id: 1, price_usd: '3', starting: '09:00', ending: '10:00' }],
      limit_type: null,
      limit_value: 0,
    };
    await own.db.query(`insert into charge_point_tariffs values (1, '2020-01-01', $1)`, [JSON.stringify(tariff)]);
  });
  afterAll(() => own?.stop());
  beforeEach(() => own.db.query('truncate inbox'));

  const asEvent = ({ domainEvent, payload, id }: Message): BatchEvent => ({
    domainEvent: domainEvent,
    payload,
    meta: { eventId: id, aggregateId: '', occurredAt: '' },
  });
  const take = (batch: readonly Message[]) => own.service.app.get(SessionEventsConsumer).take(batch.map(asEvent));
  const afresh = async () => {
    await empty(own);
    await own.db.query('truncate inbox');
  };
  /** What other services have received in the end: completed minus reversed, order by order. */
  const net = async () => {
    const sums = new Map<unknown, number>();
    for (const [event, times] of [
      ['orders.completed', 1],
      ['orders.reversed', -1],
    ] as const) {
      for (const { charge_point_id, earning_usd } of await publishedEvents(own, event)) {
        sums.set(charge_point_id, (sums.get(charge_point_id) ?? 0) + times * Number(earning_usd));
      }
    }
    return [...sums].map(([id, sum]) => [id, sum.toFixed(6)]).sort();
  };

  it('end in the same orders, figures and sums', async () => {
    const all = [...history('a', 1), ...history('b', 2)];
    await take(all);
    const expected = await own.db.query(OUTCOME);
    const sums = await net();
    expect(expected).toMatchObject([
      { status: 1, price_usd: '18.38000000' },
      { status: 1, price_usd: '120.00000000' },
    ]);
    const shuffled = fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 });
    const cuts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 16, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(shuffled, cuts, async (messages, sizes) => {
        await afresh();
        const left = [...messages];
        for (const size of sizes) await take(left.splice(0, size));
        await take(left);
        expect(await own.db.query(OUTCOME)).toEqual(expected);
        expect(await net()).toEqual(sums);
        expect(await rebuild(own)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('end in the same orders when two replicas take them at once', async () => {
    await afresh();
    const stop = await replica(own);
    const sessions = Array.from({ length: 60 }, (_, index) => history(`r${index}`, 1 + (index % 3)));
    const messages = sessions.flat().sort((a, b) => (a.id + a.id.length > b.id + b.id.length ? 1 : -1));
    await Promise.all(
      [...messages, ...messages.reverse()].map(({ domainEvent, payload, id }) =>
        say(own, domainEvent, payload, { id }),
      ),
    );
    await ordersWhere(own, 'status = 1', sessions.length);
    await until(async () => (await own.db.query('select 1 from session_readings')).length === 2 * sessions.length);
    await until(async () => (await pendingOf(own)) === 0, 'an empty stream');
    const prices = await own.db.query('select distinct charge_point_id, price_usd from orders order by 1');
    expect(prices).toEqual([
      { charge_point_id: 1, price_usd: '18.38000000' },
      { charge_point_id: 2, price_usd: '120.00000000' },
      { charge_point_id: 3, price_usd: '120.00000000' },
    ]);
    expect(await rebuild(own)).toBe(0);
    await stop();
  });

  it('end in the same orders when the service is ended in between', async () => {
    await afresh();
    const sessions = Array.from({ length: 40 }, (_, index) => history(`k${index}`, 2));
    const published = (async () => {
      for (const { domainEvent, payload, id } of sessions.flat()) await say(own, domainEvent, payload, { id });
    })();
    for (let times = 0; times < 3; times += 1) await own.restart();
    await published;
    await ordersWhere(own, `status = 1 and price_usd = 120`, sessions.length);
    await until(async () => (await pendingOf(own)) === 0, 'an empty stream');
    expect(await rebuild(own)).toBe(0);
  });

  it('and feedback among them finds its order', async () => {
    await afresh();
    const id = randomUUID();
    const [begin, , , end] = history(id, 2);
    const feedback = { version: 1, session_id: id, driver_id: 7, rating: '4', message: '', time: after(70) };
    await Promise.all([
      say(own, feedbackSubmitted, feedback),
      ...[end, begin].flatMap((one) => (one ? [say(own, one.domainEvent, one.payload)] : [])),
    ]);
    await ordersWhere(own, `session_id = '${id}' and status = 1 and feedback_exist`);
  });
});

async function pendingOf({ nats }: Orders): Promise<number> {
  const info = await (await jetstreamManager(nats)).consumers.info('CHARGING', 'orders-sessions');
  return info.num_pending + info.num_ack_pending;
}
