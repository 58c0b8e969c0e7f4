import { jetstreamManager } from '@nats-io/jetstream';
import { type DomainEvent, sessionCompleted, sessionMetered, sessionStarted } from '@open-cpo/contracts';
import { type BatchEvent, type NewParkedEvent, PARKING, type Parking } from '@open-cpo/events';
import { until } from '@open-cpo/testing';
import fc from 'fast-check';
import {
  empty,
  knowChargePoints,
  type Orders,
  rebuild,
  replica,
  say,
  startOrders,
  publishedEvents,
} from '../test/orders';
import { after, endedAt, meteredAt, startedAt } from '../test/session';
import { OvertakenEvents } from './overtaken';
import { SessionEventsConsumer } from './session-events.consumer';
import { type CardToLookUp, SessionsRepository } from './sessions.repository';

/** An event at its place in the stream. */
interface Stored {
  readonly domainEvent: DomainEvent<object>;
  readonly payload: object;
  readonly place: number;
}

const stored = <T extends object>(domainEvent: DomainEvent<T>, payload: T, place: number): Stored => ({
  domainEvent,
  payload,
  place,
});

/** Two starts and two ends of one session; the second ones contradict the first ones. */
const STREAM: readonly Stored[] = [
  stored(sessionStarted, startedAt('s', { charge_point_id: 1 }), 10),
  stored(sessionStarted, startedAt('s', { charge_point_id: 3, driver_id: 9, time: after(5) }), 20),
  // The first one again, by another event.
  stored(sessionStarted, startedAt('s', { charge_point_id: 1 }), 25),
  stored(sessionMetered, meteredAt('s', 10, 1000), 30),
  stored(sessionCompleted, endedAt('s', 30, 3000), 40),
  stored(sessionCompleted, endedAt('s', 60, 9000), 50),
  stored(sessionCompleted, endedAt('s', 30, 3000), 60),
];

const OUTCOME = `select session_id, account_id, charge_point_id, user_id, status, quantity, price_usd, earning_usd,
  created_at, delivered_at from orders where status <> 2`;

describe('of two starts and two ends of a session', () => {
  let own: Orders;
  let lane: Parking;
  /** What would be in the retry lane, which would handle it beside the next test. */
  const waiting: NewParkedEvent[] = [];
  const park = (parking: Pick<Parking, 'parkAgain'>) =>
    Object.assign(own.service.app.get(OvertakenEvents), { parking });
  beforeAll(async () => {
    own = await startOrders('overtaken');
    await knowChargePoints(own);
    lane = own.service.app.get<Parking>(PARKING, { strict: false });
  });
  afterAll(() => own?.stop());
  beforeEach(async () => {
    await empty(own);
    await own.db.query('truncate inbox, parked_events');
    waiting.length = 0;
    park({ parkAgain: async (_, events) => void waiting.push(...events) });
  });

  const asEvent = ({ domainEvent, payload, place }: Stored): BatchEvent => ({
    domainEvent,
    payload,
    meta: { eventId: `e${place}`, aggregateId: '', occurredAt: '', storedAt: place },
  });
  const take = (batch: readonly Stored[]) => own.service.app.get(SessionEventsConsumer).take(batch.map(asEvent));
  /** Handles what waits in the lane, as the lane does. */
  const takeWaiting = () =>
    own.service.app.get(SessionEventsConsumer).take(
      waiting.splice(0).map(({ eventId, subject, data, storedAt }) => ({
        domainEvent: (subject === sessionStarted.subject ? sessionStarted : sessionCompleted) as DomainEvent<never>,
        payload: JSON.parse(Buffer.from(data).toString()) as object,
        meta: { eventId, aggregateId: '', occurredAt: '', storedAt: storedAt ?? undefined },
      })),
    );
  const parked = () => own.db.query<{ event_id: string }>('select event_id, payload from parked_events order by 1');
  /** Completed minus reversed, by account. */
  const net = async () => {
    const sums = new Map<unknown, number>();
    for (const [event, times] of [['orders.completed', 1] as const, ['orders.reversed', -1] as const]) {
      for (const { account_id, earning_usd } of await publishedEvents(own, event))
        sums.set(account_id, (sums.get(account_id) ?? 0) + times * Number(earning_usd));
    }
    return [...sums].filter(([, sum]) => Math.abs(sum) > 1e-9);
  };

  it('the ones that the stream stored first count, in whatever order and by whichever replica they are handled', async () => {
    await take(STREAM);
    const expected = await own.db.query(OUTCOME);
    const earned = await net();
    expect(expected).toMatchObject([
      { account_id: 1, charge_point_id: 1, user_id: 7, delivered_at: new Date(after(30)) },
    ]);
    const orders = fc.shuffledSubarray([...STREAM], { minLength: STREAM.length });
    await fc.assert(
      fc.asyncProperty(orders, fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 7 }), async (events, sizes) => {
        await empty(own);
        await own.db.query('truncate inbox');
        waiting.length = 0;
        const left = [...events];
        for (const size of sizes) await take(left.splice(0, size));
        await take(left);
        while (waiting.length > 0) await takeWaiting();
        expect(await own.db.query(OUTCOME)).toEqual(expected);
        expect(await net()).toEqual(earned);
        expect(await rebuild(own)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('the later ones are dead-lettered with the reason, wherever their order was', async () => {
    park(lane);
    const [first, second, , reading, end, otherEnd] = STREAM as [Stored, Stored, Stored, Stored, Stored, Stored];
    await take([second, reading, otherEnd]);
    const [before] = await own.db.query<{ id: number; account_id: number; status: number }>('select * from orders');
    expect(before).toMatchObject({ account_id: 2, status: 1 });
    await take([end, first]);
    expect((await parked()).map(({ event_id }) => event_id)).toEqual(['e20', 'e50']);
    expect(await own.db.query('select id, status, charge_point_id, price_usd from orders order by id')).toMatchObject([
      { id: before?.id, status: 2, charge_point_id: 3, price_usd: '0.00000000' },
      { status: 1, charge_point_id: 1 },
    ]);
    await until(async () => (await parked()).length === 0, 'the retry lane');
    const manager = await jetstreamManager(own.nats);
    const dead = await manager.streams.info('DEAD', { subjects_filter: '>' });
    expect(Object.keys(dead.state.subjects ?? {}).sort()).toEqual([
      'dead.orders-sessions.charging.session.completed',
      'dead.orders-sessions.charging.session.started',
    ]);
  }, 900_000);

  it('a repetition that was overtaken changes nothing', async () => {
    const [first] = STREAM as [Stored];
    await take([{ ...first, place: 80 }]);
    const before = await own.db.query('select * from orders');
    await take([first]);
    expect(await own.db.query('select * from orders')).toEqual(before);
    expect(waiting).toEqual([]);
    expect(await own.db.query('select start_event_id, start_stored_at from sessions')).toEqual([
      { start_event_id: 'e10', start_stored_at: '10' },
    ]);
  });

  it('the worker of a card that was looked up for the later one is not credited', async () => {
    const cash = { payment: 'cash', charge_point_id: 1 } as const;
    const event = (place: number, more: object) => stored(sessionStarted, startedAt('s', { ...cash, ...more }), place);
    const sessions = own.service.app.get(SessionsRepository);
    const known = () => own.db.query(`select rfid, worker_id from sessions where session_id = 's'`);
    await take([event(30, { rfid: '04A2B1C7' })]);
    const [card] = await sessions.cards(9);
    expect(card).toMatchObject({ rfid: '04A2B1C7' });
    await take([event(20, { rfid: '04A2B1C6' })]);
    await sessions.cardDone(card as CardToLookUp, 34);
    expect(await known()).toEqual([{ rfid: '04A2B1C6', worker_id: null }]);
    // Nor that of the same card at another power center, whose workers are others.
    const [same] = await sessions.cards(9);
    await take([event(10, { rfid: '04A2B1C6', charge_point_id: 3 })]);
    await sessions.cardDone({ ...same, rfid: '04A2B1C6' } as CardToLookUp, 35);
    expect(await known()).toEqual([{ rfid: '04A2B1C6', worker_id: null }]);
  });

  it('an order that an operator has closed stays', async () => {
    const [first, second, , , end] = STREAM as [Stored, Stored, Stored, Stored, Stored];
    await take([second, end]);
    await own.db.query(`update orders set closed_by = 'operator'`);
    const before = await own.db.query('select * from orders');
    const rejectedEvents = await take([first]);
    expect(rejectedEvents).toMatchObject([{ eventId: 'e10', reason: expect.stringContaining('time: it began at') }]);
    expect(await own.db.query('select * from orders')).toEqual(before);
  });

  it('the first counts when replicas take them at once', async () => {
    park(lane);
    const stop = await replica(own);
    const ids = Array.from({ length: 40 }, (_, n) => `r${n}`);
    for (const id of ids) {
      await say(own, sessionStarted, startedAt(id, { charge_point_id: 1 }), { id: `${id}-1` });
      await say(own, sessionStarted, startedAt(id, { charge_point_id: 2, time: after(9) }), { id: `${id}-2` });
    }
    const counting = `select count(*)::int as n from orders where status = 0 and charge_point_id = 1`;
    await until(async () => (await own.db.query<{ n: number }>(counting))[0]?.n === ids.length, 'the first starts');
    await until(async () => (await parked()).length === 0, 'the retry lane');
    expect(await own.db.query(`select 1 from orders where status = 0 and charge_point_id = 2`)).toEqual([]);
    expect(await rebuild(own)).toBe(0);
    await stop();
  }, 900_000);
});
