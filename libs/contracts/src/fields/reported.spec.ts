import { accept, FeedbackSubmitted, instantOf, SessionCompleted, SessionMetered, SessionStarted } from '../index';

const started = (more: object) =>
  accept(SessionStarted, { version: 1, session_id: 's', time: '2026-11-27T10:00:00Z', ...more });
const problems = (more: object) => started(more).errors.toMap();

describe('an instant', () => {
  it.each([
    ['2026-11-27T10:00:00Z', '2026-11-27T10:00:00.000Z'],
    ['2026-11-27T10:00:00.123456789+01:00', '2026-11-27T09:00:00.123Z'],
    ['2026-11-27T10:00:00+02', '2026-11-27T08:00:00.000Z'],
    ['2026-11-27 10:00:00-0330', '2026-11-27T13:30:00.000Z'],
    ['2026-11-27t10:00z', '2026-11-27T10:00:00.000Z'],
    ['2026-11-27T24:00:00Z', '2026-11-28T00:00:00.000Z'],
    ['2026-06-30T23:59:60Z', '2026-07-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0014-11-18T10:00:00Z', '0014-11-18T10:00:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(instantOf(text)).toBe(moment);
    expect(started({ time: text }).input.time).toBe(moment);
  });

  it.each([
    '2026-02-30T10:00:00Z',
    '2025-02-29T10:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-11-31T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+05:00',
    '9999-12-31T23:59:59-05:00',
    '2026-11-27T24:00:01Z',
    '2026-11-27T23:60:00Z',
    '2026-11-27T10:00:60Z',
    '2026-11-27T10:00:00+25:00',
    '2026-11-27T10:00:00',
    '27/11/2026 10:00',
    'yesterday',
  ])('%s is none, and the field is named', (text) => {
    expect(instantOf(text)).toBeUndefined();
    expect(problems({ time: text })).toEqual({
      time: ['The time field must be an ISO 8601 instant with a zone, on a day of the calendar.'],
    });
  });
});

describe('what a charger or another back end says', () => {
  it.each(['2_39_78_362_2018-04-25 11:08:04.400812', 'a@b|c+d=', '000000915', 'x'.repeat(255), 4711])(
    'names a session by %s',
    (session_id) => {
      expect(started({ session_id }).input.session_id).toBe(String(session_id));
      expect(problems({ session_id })).toEqual({});
    },
  );

  it.each(['', ' ', 'a\u0000b', 'a\tb\n', 'x'.repeat(256), {}, true])('names none by %p', (session_id) => {
    expect(Object.keys(problems({ session_id }))).toEqual(['session_id']);
  });

  it.each([
    ['000000915', 915],
    [' 7 ', 7],
    ['0', null],
    ['9999999999', null],
    ['driver|a@b', null],
  ])('names the driver by %p', (driver_id, user) => {
    expect(started({ driver_id }).input.driver_id).toBe(user);
    expect(problems({ driver_id })).toEqual({});
  });

  it.each(['TAG-0001', 'DE-8AC-C12345678-X', '1f5b7c8e-7a0d-4a0e-9f3b-0a1b2c3d4e5f', '04:A2:B1:C6', 'FREE-VEND'])(
    'may show %s for a card',
    (rfid) => {
      expect(problems({ rfid })).toEqual({});
    },
  );

  it.each(['a\u0000b', 'x\ud800', 'x'.repeat(256)])('shows no card where it cannot be kept: %p', (rfid) => {
    expect(started({ rfid }).input.rfid).toBeNull();
    expect(problems({ rfid })).toEqual({});
  });

  it.each([
    [' good ', 'good'],
    ['', null],
    ['cut \ud83d', 'cut \ufffd'],
    ['a\u0000b', 'ab'],
    ['😀'.repeat(5001), '😀'.repeat(5000)],
    ['x'.repeat(100_000), 'x'.repeat(5000)],
  ])('thinks of an order %p', (message, kept) => {
    const event = { version: 1, session_id: 's', driver_id: 7, rating: 4, time: '2026-11-27T10:00:00Z', message };
    const { input, errors } = accept(FeedbackSubmitted, event);
    expect(input.message).toBe(kept);
    expect(errors.toMap()).toEqual({});
  });

  it.each([-1, -0.5, 1e15, 'x', Infinity, '1e400', {}])(
    'begins, ends, but reads nothing with a register of %p',
    (wh) => {
      const event = { version: 1, session_id: 's', time: '2026-11-27T10:00:00Z', meter_wh: wh };
      expect(Object.keys(accept(SessionMetered, event).errors.toMap())).toEqual(['meter_wh']);
      for (const { input, errors } of [started({ meter_wh: wh }), accept(SessionCompleted, event)]) {
        expect([input.meter_wh, errors.toMap()]).toEqual([null, {}]);
      }
    },
  );

  it.each([
    [10, '10'],
    [12.5, '12.5'],
    ['10.00000', '10.0000'],
    ['full', 'FULL'],
    ['٣٠', '30'],
    ['', null],
    ['-1', null],
    ['as much as possible', null],
    [1e21, null],
    [{}, null],
  ])('wants a quantity of %p', (requested_quantity, quantity) => {
    expect(started({ requested_quantity }).input.requested_quantity).toBe(quantity);
    expect(problems({ requested_quantity })).toEqual({});
  });

  it.each([
    ['Energy', 'energy'],
    ['minutes', 'minutes'],
    ['kWh', null],
    [7, null],
  ])('counts it in %p', (unit, known) => {
    expect(started({ unit }).input.unit).toBe(known);
    expect(problems({ unit })).toEqual({});
  });

  it.each([
    ['2', 2],
    [0, 0],
    [-1, null],
    [10_001, null],
    ['A', null],
    [1.5, null],
  ])('is at the connector %p', (connector_number, number) => {
    expect(started({ connector_number }).input.connector_number).toBe(number);
    expect(problems({ connector_number })).toEqual({});
  });
});
