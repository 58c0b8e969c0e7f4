import { Journal } from '../journal/journal';
import type { Databases } from './databases';
import { eventsDue, eventsDelivered, type Observed } from './events';

/** What lies in the databases, in place of the databases. */
interface Lying {
  readonly orders: { id: string; session_id: string }[];
  readonly events: [order: string, count: number][];
  readonly head: number;
  readonly kept: string[];
}

const databasesWith = ({ orders, events, head, kept }: Lying): Databases =>
  ({
    rows: (_: string, sql: string) =>
      Promise.resolve(sql.includes('from orders') ? orders : kept.map((id) => ({ id }))),
    count: () => Promise.resolve(new Map(events)),
    number: () => Promise.resolve(head),
  }) as unknown as Databases;

describe('the checker of events', () => {
  const journal = new Journal();
  Object.assign(journal.begin('session', 's1'), { acknowledged: true, tries: 1 });
  const well: Lying = { orders: [{ id: '1', session_id: 's1' }], events: [['1', 1]], head: 2, kept: ['a', 'b'] };
  const observed = (more: Partial<Observed> = {}): Observed => ({
    feed: { last: 2, problems: [] },
    times: new Map([
      ['a', 1],
      ['b', 2],
    ]),
    since: 0,
    timeoutMs: 0,
    ...more,
  });
  const problems = (lying: Partial<Lying>, more?: Partial<Observed>) =>
    eventsDelivered(journal, databasesWith({ ...well, ...lying }), observed(more));

  it('is content with one event for each session, which everyone received', async () => {
    expect(await problems({})).toEqual([]);
    expect(await eventsDue(['s1'], databasesWith(well))).toBe(0);
  });

  it('goes red for a session without an event, and for one with two', async () => {
    expect(await problems({ events: [] })).toEqual(['event lost although acknowledged: session s1 (1 tries)']);
    expect(await problems({ events: [['1', 2]] })).toEqual(['event there 2 times: session s1 (1 tries)']);
    expect(await eventsDue(['s1'], databasesWith({ ...well, events: [] }))).toBe(1);
  });

  it('goes red for what the webhook never received', async () => {
    expect(await problems({}, { times: new Map([['a', 1]]) })).toEqual(['1 of 2 events never came to the webhook']);
  });

  it('waits for what is on its way', async () => {
    const times = new Map([['a', 1]]);
    setTimeout(() => times.set('b', 1), 150);
    expect(await problems({}, { times, timeoutMs: 600_000 })).toEqual([]);
  });

  it('goes red for a feed that ends before the account does', async () => {
    const feed = { last: 1, problems: [] };
    expect(await problems({}, { feed })).toEqual(['the feed ends at 1, the account at 2']);
  });

  it('goes red for what the feed noticed, once', async () => {
    const feed = { last: 2, problems: ['9 came twice'] };
    expect(await problems({}, { feed })).toEqual(['9 came twice']);
    expect(await problems({}, { feed })).toEqual([]);
  });
});
