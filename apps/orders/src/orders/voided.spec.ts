import { nothingYet } from './figures';
import type { OrderRow } from './order';
import { sessionRow, tariff } from '../test/rows';
import { isAt, voided } from './voided';

const MINUTE = 60_000;
const BEGIN = new Date('2025-01-08T08:00:00Z');
const END = new Date(BEGIN.getTime() + 30 * MINUTE);

describe('a voided order', () => {
  const order = {
    id: 1,
    account_id: 1,
    charge_point_id: 1,
    status: 0,
    revision: 0,
    held: false,
    flags: [],
    tariff: tariff(),
    ...nothingYet(tariff()),
    created_at: BEGIN,
    updated_at: BEGIN,
    delivered_at: null,
    rate: null,
  } as unknown as OrderRow;
  const namesOf = (known: Parameters<typeof voided>[0], ended?: Date) =>
    voided(known, 'why', ended).domainEvents.map(({ domainEvent }) => domainEvent.subject.split('.').at(-1));

  it('is published as ended, at its last reading, where its session goes on', () => {
    const known = { order, session: sessionRow({ started_at: BEGIN }), readings: [{ at: END, wh: '9000' }] };
    expect(namesOf(known)).toEqual(['completed', 'reversed']);
    expect(voided(known, 'why').order).toMatchObject({ status: 2, delivered_at: END });
  });

  it('is published as ended where its session has ended and waits for a card, a price or a currency', () => {
    const session = sessionRow({ started_at: BEGIN, ended_at: END, card: 'pending' });
    expect(namesOf({ order, session, readings: [] })).toEqual(['completed', 'reversed']);
  });

  it('is not where it was held: that was published as ended', () => {
    const session = sessionRow({ started_at: BEGIN, ended_at: END, settled: true });
    expect(namesOf({ order: { ...order, held: true }, session, readings: [] })).toEqual([]);
  });

  it('is where it was held at its start, and its end waits for a card', () => {
    const session = sessionRow({ started_at: BEGIN, ended_at: END, card: 'pending' });
    expect(namesOf({ order: { ...order, held: true }, session, readings: [] })).toEqual(['completed', 'reversed']);
  });

  it('ends when the start that takes its place began, at the same power center', () => {
    const known = { order, session: sessionRow({ started_at: BEGIN }), readings: [{ at: END, wh: '9000' }] };
    expect(voided(known, 'why', BEGIN).order.delivered_at).toEqual(BEGIN);
    const start = { version: 1, session_id: 's', time: BEGIN.toISOString() };
    expect(isAt({ ...start, charge_point_id: order.charge_point_id }, known)).toBe(true);
    expect(isAt({ ...start, charge_point_id: order.charge_point_id + 1 }, known)).toBe(false);
  });
});
