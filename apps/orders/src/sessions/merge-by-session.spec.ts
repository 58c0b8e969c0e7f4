import {
  type DomainEvent,
  feedbackSubmitted,
  sessionCompleted,
  sessionMetered,
  sessionStarted,
} from '@open-cpo/contracts';
import type { BatchEvent } from '@open-cpo/events';
import { after, endedAt, meteredAt, startedAt } from '../test/session';
import { mergeBySession, sessionColumns } from './merge-by-session';

let events = 0;
const event = <T extends object>(domainEvent: DomainEvent<T>, payload: T): BatchEvent => ({
  domainEvent: domainEvent,
  payload,
  meta: { eventId: `e${(events += 1)}`, aggregateId: '', occurredAt: '' },
});
const start = (id: string, more: object = {}) => event(sessionStarted, startedAt(id, more));
const meter = (id: string, minutes: number, wh: number) => event(sessionMetered, meteredAt(id, minutes, wh));
const end = (id: string, minutes: number, wh: number | null = null) =>
  event(sessionCompleted, endedAt(id, minutes, wh));

describe('what a batch of events says', () => {
  it('is brought together by session', () => {
    const received = mergeBySession([start('a'), meter('b', 5, 100), end('a', 9, 300), meter('a', 5, 200)]);
    expect(received.map(({ session_id }) => session_id)).toEqual(['a', 'b']);
    const [a, b] = received;
    expect(a).toMatchObject({ start: { time: after(0) }, end: { time: after(9), meter_wh: 300 } });
    expect([...(a?.readings ?? [])]).toEqual([[after(5), 200]]);
    expect(b?.start ?? b?.end).toBeUndefined();
  });

  it('takes the first beginning and the first end that were received, whatever their times', () => {
    const words = [start('a', { driver_id: 8, time: after(2) }), start('a'), end('a', 20, 900), end('a', 10, 500)];
    const first = mergeBySession(words);
    expect(first).toMatchObject([{ start: { driver_id: 8 }, end: { meter_wh: 900 } }]);
    expect(mergeBySession([...words, ...words])).toEqual(first);
    expect(mergeBySession([...words].reverse())).toMatchObject([{ start: { driver_id: 7 }, end: { meter_wh: 500 } }]);
  });

  it('takes the start and the end that the stream stored first, whatever the order of the batch', () => {
    const storedAt = (event: BatchEvent, moment: number): BatchEvent => ({
      ...event,
      meta: { ...event.meta, storedAt: moment },
    });
    const words = [
      storedAt(start('a', { driver_id: 8 }), 20),
      storedAt(start('a'), 10),
      storedAt(end('a', 20, 900), 40),
      storedAt(end('a', 10, 500), 30),
    ];
    const first = {
      start: { driver_id: 7 },
      startMeta: { storedAt: 10 },
      end: { meter_wh: 500 },
      endMeta: { storedAt: 30 },
    };
    expect(mergeBySession(words)).toMatchObject([first]);
    expect(mergeBySession([...words].reverse())).toMatchObject([first]);
    expect(sessionColumns(mergeBySession(words)[0] as never)).toMatchObject({ start_stored_at: 10, end_stored_at: 30 });
  });

  it('knows moments whatever zone they were written in', () => {
    const [received] = mergeBySession([
      event(sessionCompleted, { ...endedAt('a', 0, 400), time: '2025-01-08T09:40:00+02:00' }),
    ]);
    expect(received?.end?.meter_wh).toBe(400);
    expect(sessionColumns(received as never)).toMatchObject({ ended_at: '2025-01-08T07:40:00.000Z', end_wh: 400 });
  });

  it('has the highest register of each moment', () => {
    const [received] = mergeBySession([meter('a', 5, 100), meter('a', 5, 300), meter('a', 5, 200), meter('a', 6, 0)]);
    expect(Object.fromEntries(received?.readings ?? [])).toEqual({ [after(5)]: 300, [after(6)]: 0 });
  });

  it('is nothing where it is about something else', () => {
    const feedback = { version: 1, session_id: 'a', driver_id: 7, rating: '5', time: after(0) };
    expect(mergeBySession([event(feedbackSubmitted, feedback)])).toEqual([]);
  });
});

describe('a session’s row', () => {
  const columns = (...words: BatchEvent[]) => sessionColumns(mergeBySession(words)[0] as never);

  it('begins with what its beginning said', () => {
    expect(columns(start('a', { meter_wh: 1200, token: 't', unit: 'energy' }))).toMatchObject({
      session_id: 'a',
      started_at: after(0),
      charge_point_id: 1,
      token: 't',
      driver_id: 7,
      payment: 'electronic',
      requested_quantity: '10',
      requested_unit: 'energy',
      start_wh: 1200,
      card: 'none',
      ended_at: null,
      end_wh: null,
    });
  });

  it('takes for granted what was left out', () => {
    const bare = { unit: 'energy' as const, requested_quantity: null, payment: null, meter_wh: null };
    expect(columns(start('a', bare))).toMatchObject({
      start_wh: null,
      requested_quantity: 'FULL',
      requested_unit: null,
      payment: 'electronic',
    });
  });

  it('waits for whose card was shown only where cash was taken', () => {
    const card = { rfid: '04A2B3C4' };
    expect(columns(start('a', { ...card, payment: 'cash' }))).toMatchObject({ card: 'pending' });
    expect(columns(start('a', card))).toMatchObject({ card: 'none' });
    expect(columns(start('a', { payment: 'cash' }))).toMatchObject({ card: 'none' });
  });

  it('keeps a card as workers’ cards are kept, and any other text as it came', () => {
    const cash = (rfid: string) => columns(start('a', { rfid, payment: 'cash' }));
    expect(cash('04:a2:b1:c6')).toMatchObject({ rfid: '04A2B1C6', card: 'pending' });
    expect(cash('DE-8AC-C12345678-X')).toMatchObject({ rfid: 'DE-8AC-C12345678-X', card: 'none' });
  });

  it.each([-1, 1e15, 1e308])('has no register at its end where it says %p', (wh) => {
    expect(columns(end('a', 9, wh))).toMatchObject({ ended_at: after(9), end_wh: null });
  });

  it('ends as was assumed last, and as was told before that', () => {
    const assumed = (minutes: number) =>
      event(sessionCompleted, { ...endedAt('a', minutes, 100 * minutes), assumed: true });
    expect(columns(assumed(5), assumed(9))).toMatchObject({ ended_at: null, silent_at: after(9), end_wh: 900 });
    const told = columns(assumed(5), end('a', 7, 700), assumed(9));
    expect(told).toMatchObject({ ended_at: after(7), end_wh: 700 });
  });

  it('may begin with its end', () => {
    expect(columns(end('a', 9))).toEqual({
      session_id: 'a',
      card: 'none',
      start_event_id: null,
      start_stored_at: null,
      ended_at: after(9),
      end_wh: null,
      end_event_id: expect.any(String) as string,
      end_stored_at: null,
    });
  });
});
