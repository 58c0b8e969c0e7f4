import { type NewParkedEvent, PARKING, type Parking } from '@open-cpo/events';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { type Replica, startReplica } from '../fixture/replica';
import { migrate, Sweeps } from '../index';

let database: TestDatabase;
let replica: Replica;
let parking: Parking;

beforeAll(async () => {
  database = await testDatabase('parking');
  const options = { name: 'parking', url: database.url };
  await migrate({ ...options, url: database.ownerUrl });
  await database.query('create table effects (item text primary key)');
  replica = await startReplica(options);
  parking = replica.app.get<Parking>(PARKING);
});
afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});
beforeEach(() => database.query('truncate parked_events, failed_items, effects'));

const event = (eventId: string, more: Partial<NewParkedEvent> = {}): NewParkedEvent => ({
  eventId,
  key: null,
  subject: `facts.depot.told.${eventId}`,
  occurredAt: '2026-01-02T03:04:05.000Z',
  storedAt: 1_767_323_045_000_001,
  data: Buffer.from(`{"of":"${eventId} ü"}`),
  attempts: 0,
  reason: null,
  after: 0,
  ...more,
});
const taken = async () => (await parking.take('c', 50)).map(({ eventId }) => eventId).sort();
/** As if the process that has the events in hand had ended, and time had passed. */
const leaseEnds = () => database.query(`update parked_events set next_try_at = now() - interval '1 second'`);

describe('parked events', () => {
  it('come as they were, once, together when nothing is held against them', async () => {
    await parking.park('c', [event('a'), event('b')]);
    await parking.park('c', [event('a', { reason: 'again' })]);
    await parking.park('other', [event('a')]);
    const [first, second] = await parking.take('c', 50);
    expect([first?.eventId, second?.eventId].sort()).toEqual(['a', 'b']);
    expect(first).toMatchObject({ attempts: 1, deaths: 0, reason: null, storedAt: 1_767_323_045_000_001 });
    expect(first?.occurredAt).toBe('2026-01-02T03:04:05.000Z');
    expect(Buffer.from(first?.data ?? []).toString()).toBe(`{"of":"${first?.eventId} ü"}`);
    expect(await taken()).toEqual([]);
    await parking.remove([first?.id ?? 0, second?.id ?? 0]);
    expect(await parking.any('c')).toBe(false);
    expect(await parking.any('other')).toBe(true);
  });

  it('that were in hand when the process ended come one by one, and the ends are counted', async () => {
    await parking.park('c', [event('a'), event('b'), event('c')]);
    expect(await taken()).toEqual(['a', 'b', 'c']);
    await leaseEnds();
    const [alone, ...others] = await parking.take('c', 50);
    expect(others).toEqual([]);
    expect(alone).toMatchObject({ attempts: 2, deaths: 1 });
    await parking.postpone([{ id: alone?.id ?? 0, reason: 'no', after: 0, counted: true }]);
    await database.query(`delete from parked_events where event_id <> $1`, [alone?.eventId]);
    const [again] = await parking.take('c', 50);
    expect(again).toMatchObject({ eventId: alone?.eventId, attempts: 3, deaths: 1, reason: 'no' });
  });

  it('that are stored again while they are in hand are delivered again', async () => {
    await parking.park('c', [event('a')]);
    const [inHand] = await parking.take('c', 50);
    await parking.parkAgain('c', [event('a'), event('b')]);
    await parking.remove([inHand?.id ?? 0]);
    expect(await taken()).toEqual(['a', 'b']);
  });

  it('do not lose a try to trouble around us', async () => {
    await parking.park('c', [event('a')]);
    const [first] = await parking.take('c', 50);
    await parking.postpone([{ id: first?.id ?? 0, reason: 'away', after: 0, counted: false }]);
    expect((await parking.take('c', 50))[0]).toMatchObject({ attempts: 1, deaths: 0 });
  });

  it('with the same key come in order', async () => {
    await parking.park('c', [event('a1', { key: 'a', attempts: 1, after: 60_000 }), event('a2', { key: 'a' })]);
    await parking.park('c', [event('b1', { key: 'b' })]);
    expect(await taken()).toEqual(['b1']);
    expect([await parking.holds('c', 'a'), await parking.holds('c', 'z')]).toEqual([true, false]);
    await leaseEnds();
    await database.query(`delete from parked_events where event_id = 'b1'`);
    expect(await taken()).toEqual(['a1']);
  });
});

describe('a sweep', () => {
  const sweep = (items: readonly string[], bad: (item: string) => boolean) =>
    replica.app.get(Sweeps).over({
      name: 'test',
      items,
      idOf: String,
      work: async (some) => {
        for (const item of some)
          await replica.transactions.query('insert into effects values ($1) on conflict do nothing', [item]);
        if (some.some(bad)) throw new RangeError('cannot be priced');
      },
    });
  const failing = () => database.query('select item, failures, reason from failed_items order by item');
  const all = Array.from({ length: 37 }, (_, n) => `i${n}`);

  it('deals with all items but the bad ones, names these, and forgets them when they are mended', async () => {
    expect(await sweep(all, (item) => item === 'i7' || item === 'i36')).toBe(35);
    expect(await database.query('select item from effects')).toHaveLength(35);
    await sweep(['i7'], () => true);
    const reason = 'RangeError: cannot be priced';
    expect(await failing()).toEqual([
      { item: 'i36', failures: 1, reason },
      { item: 'i7', failures: 2, reason },
    ]);
    expect(await sweep(all, () => false)).toBe(37);
    expect(await failing()).toEqual([]);
  });
});
