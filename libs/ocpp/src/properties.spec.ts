import fc from 'fast-check';
import {
  addressOf,
  basicCredentials,
  type Call,
  ClockOffset,
  encodeCall,
  encodeError,
  encodeResult,
  isAction,
  isIdentity,
  momentOf,
  ocppTime,
  parseFrame,
  readRequest,
  readTime,
  requestProblems,
  v201,
} from './index';

const ACTIONS = ['BootNotification', 'StatusNotification', 'StartTransaction', 'MeterValues', 'StopTransaction'];
const holds = <T>(values: fc.Arbitrary<T>, property: (value: T) => void): void =>
  fc.assert(fc.property(values, property), { numRuns: 500 });

/** Payloads that are nearly right: the right names with any values. */
const NAMES = ['connectorId', 'idTag', 'meterStart', 'meterStop', 'transactionId', 'timestamp', 'status', 'meterValue'];
const SAMPLES = ['sampledValue', 'value', 'unit', 'phase', 'measurand', 'context', 'transactionData', ...NAMES];
const payloads = fc.dictionary(fc.constantFrom(...SAMPLES), fc.jsonValue({ maxDepth: 4 })).map((one) => ({ ...one }));

/** Values of any type, among them objects whose conversion to a number or a text would throw. */
const CONVERSIONS = ['valueOf', 'toString', 'toJSON', '__proto__', 'length', 'constructor'];
const anyValues = fc.oneof(
  fc.dictionary(fc.constantFrom(...CONVERSIONS), fc.jsonValue({ maxDepth: 1 })),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(2, 3, 4, '2', '1', 'Heartbeat'),
);

describe('whatever a charger sends', () => {
  it('is malformed where the type is no number, also one whose conversion would throw', () => {
    for (const type of ['{"valueOf":1,"toString":1}', '{"__proto__":null}', '[[2]]', '[2]', 'true', 'null', '{}']) {
      const frame = parseFrame(`[${type},"1","Heartbeat",{}]`);
      expect(frame).toMatchObject({ kind: 'malformed', id: '1' });
    }
    expect(parseFrame('["2","1","Heartbeat",{}]')).toMatchObject({ kind: 'call' });
  });

  it('is a frame, or is called malformed', () => {
    const kinds = ['call', 'result', 'error', 'malformed'];
    holds(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.array(fc.jsonValue()).map((one) => JSON.stringify(one)),
        fc.array(anyValues, { minLength: 1, maxLength: 5 }).map((one) => JSON.stringify(one)),
      ),
      (text) => {
        const frame = parseFrame(text);
        expect(kinds).toContain(frame.kind);
        expect(typeof frame.id).toBe('string');
      },
    );
  });

  it('has whole numbers as they were written, also where others begin with them or are in texts', () => {
    const numbers = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const others = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), numbers.map(String));
    holds(fc.array(fc.oneof(numbers, others)), (given) => {
      const written = given.map((one) => (typeof one === 'bigint' ? String(one) : JSON.stringify(one)));
      const wanted = (JSON.parse(`[${written.join()}]`) as unknown[]).map((one, n) =>
        typeof given[n] === 'bigint' && !Number.isSafeInteger(one) ? String(given[n]) : one,
      );
      const { payload } = parseFrame(`[2,"1","DataTransfer",{"data":[${written.join()}]}]`) as Call;
      const read = payload.data as unknown[];
      // Doubles of this size are written as whole numbers, too.
      expect(read.map((one, n) => (typeof given[n] === 'number' ? Number(one) : one))).toEqual(wanted);
    });
  });

  it('is parsed without a reviver, which costs twenty times as much', () => {
    const parsed = jest.spyOn(JSON, 'parse');
    const frame = parseFrame('[2,"1","StopTransaction",{"transactionId":-9223372036854775808,"meterStop":1.5}]');
    const revivers = parsed.mock.calls.map(([, reviver]) => reviver);
    parsed.mockRestore();
    expect(revivers).toEqual([undefined]);
    expect(frame).toMatchObject({ payload: { transactionId: '-9223372036854775808', meterStop: 1.5 } });
  });

  it('is malformed where it is long and nested more deeply than any message of the protocol', () => {
    const deep = (depth: number, more = ''): string =>
      `[2,"1","DataTransfer",{"data":${'['.repeat(depth)}"${more}"${']'.repeat(depth)}}]`;
    expect(parseFrame(deep(50, 'x'.repeat(50_000)))).toMatchObject({ kind: 'call' });
    // With its action, so that a message about a transaction is kept.
    expect(parseFrame(deep(50_000))).toMatchObject({ kind: 'malformed', id: '1', action: 'DataTransfer' });
  });

  it('is read also where an id is an object whose conversion would throw', () => {
    const { value } = readRequest('StopTransaction', { transactionId: { valueOf: 1, toString: 1 } });
    expect(value).toMatchObject({ transaction: undefined });
  });

  it('is read: a request is never refused, and its numbers are in their ranges', () => {
    holds(fc.tuple(fc.constantFrom(...ACTIONS), payloads), ([action, payload]) => {
      if (!isAction(action)) throw new Error(action);
      const { value } = readRequest(action, payload) as { value: Record<string, unknown> };
      expect(Array.isArray(requestProblems(action, payload))).toBe(true);
      const { transaction, meterWh, connector, readings = [] } = value;
      if (typeof transaction === 'number') expect(transaction >= 1 && transaction <= 2 ** 31 - 1).toBe(true);
      if (typeof connector === 'number') expect(connector >= 0 && connector <= 10_000).toBe(true);
      if (typeof meterWh === 'number') expect(meterWh).toBeGreaterThanOrEqual(0);
      for (const { wh } of readings as { wh: number }[]) expect(wh >= 0 && wh <= 1e12).toBe(true);
    });
  });

  it('asks for an address that can be named, or for none', () => {
    holds(fc.oneof(fc.webPath(), fc.string()), (url) => {
      const address = addressOf(url);
      if (address) expect(address.identity).toMatch(/^[\w.@=*+|-]{1,48}$/);
    });
  });

  it('names itself by bytes that arrive as they were sent', () => {
    const names = fc.stringMatching(/^[\w.@=*+|-]{1,48}$/);
    holds(fc.tuple(names, fc.uint8Array({ minLength: 1, maxLength: 40 })), ([username, password]) => {
      const bytes = Buffer.concat([Buffer.from(`${username}:`), password]);
      const found = basicCredentials(`Basic ${bytes.toString('base64')}`);
      expect(isIdentity(username)).toBe(true);
      expect(found?.username).toBe(username);
      expect(found?.passwords.some((one) => one.equals(password))).toBe(true);
    });
  });
});

describe('what is sent', () => {
  it('is read as it was written', () => {
    const ids = fc.string({ minLength: 1, maxLength: 36 });
    const objects = fc
      .dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.string(),
      )
      .map((one) => ({ ...one }));
    holds(fc.tuple(ids, objects), ([id, payload]) => {
      expect(parseFrame(encodeCall(id, 'Reset', payload))).toEqual({ kind: 'call', id, action: 'Reset', payload });
      expect(parseFrame(encodeResult(id, payload))).toEqual({ kind: 'result', id, payload });
      expect(parseFrame(encodeError(id, 'InternalError'))).toMatchObject({ kind: 'error', id, code: 'InternalError' });
    });
  });
});

describe('the time of a message', () => {
  const NOW = Date.UTC(2026, 2, 1);
  const moments = fc.integer({ min: Date.UTC(2020, 0, 2), max: NOW });

  it('is the same after it was written', () => {
    holds(moments, (at) => expect(readTime(ocppTime(at)).at).toBe(Math.floor(at / 1000) * 1000));
  });

  it('is never after its receipt', () => {
    holds(
      fc.tuple(
        fc.oneof(fc.string(), fc.date({ noInvalidDate: true }).map(String), moments.map(ocppTime)),
        fc.integer(),
      ),
      ([text, offset]) => {
        expect(momentOf(text, NOW, offset).at).toBeLessThanOrEqual(NOW);
      },
    );
  });

  it('is right for live messages, however wrong the clock is, and keeps the length of a session', () => {
    const wrong = fc.integer({ min: -(20 * 365 * 86_400), max: 5 * 365 * 86_400 }).map((seconds) => seconds * 1000);
    const delays = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 3, maxLength: 10 });
    holds(fc.tuple(wrong, delays, fc.integer({ min: 60, max: 86_400 })), ([behind, delay, seconds]) => {
      fc.pre(NOW - behind > Date.UTC(2020, 0, 2) || behind < 0);
      const clock = new ClockOffset();
      delay.forEach((one, n) => {
        const receivedAt = NOW - (delay.length - n) * 61_000;
        clock.observe(ocppTime(receivedAt - behind - one), receivedAt);
      });
      const said = (at: number): string => ocppTime(at - behind);
      const begin = momentOf(said(NOW), NOW, clock.offset);
      const end = momentOf(said(NOW + seconds * 1000), NOW + seconds * 1000, clock.offset);
      expect(Math.abs(begin.at - NOW)).toBeLessThanOrEqual(66_000);
      expect(Math.abs(end.at - begin.at - seconds * 1000)).toBeLessThanOrEqual(66_000);
    });
  });

  it('is not changed by messages that come late: the clock of a charger that was offline is right', () => {
    const ages = fc.array(fc.integer({ min: 120, max: 5 * 86_400 }), { minLength: 1, maxLength: 6 });
    holds(ages, (late) => {
      const clock = new ClockOffset();
      // Live statuses come after the connection is back, before the queue of what happened meanwhile.
      clock.observe(ocppTime(NOW), NOW);
      for (const seconds of late) clock.observe(ocppTime(NOW - seconds * 1000), NOW);
      expect(clock.offset).toBe(0);
    });
  });

  it('is not changed by a queue of statuses that happened together while the charger was offline', () => {
    const ages = fc.array(fc.integer({ min: 120, max: 5 * 86_400 }), { minLength: 1, maxLength: 6 });
    holds(fc.tuple(ages, fc.integer({ min: 0, max: 9 })), ([late, pause]) => {
      const clock = new ClockOffset();
      let receivedAt = NOW;
      for (const seconds of late) {
        for (let n = 0; n < 4; n += 1, receivedAt += pause * 100)
          clock.observe(ocppTime(NOW - seconds * 1000), receivedAt);
      }
      expect(clock.offset).toBe(0);
    });
  });

  it('follows a clock that is set', () => {
    const clock = new ClockOffset();
    const shows = (behind: number, at: number): void => clock.observe(ocppTime(at - behind), at);
    for (let n = 0; n < 3; n += 1) shows(7_200_000, NOW + n * 61_000);
    expect(Math.round(clock.offset / 1000)).toBe(7200);
    shows(0, NOW + 200_000);
    expect(clock.offset).toBe(0);
    for (let n = 0; n < 3; n += 1) shows(-7_200_000, NOW + 300_000 + n * 61_000);
    expect(Math.round(clock.offset / 1000)).toBe(-7200);
    for (let n = 0; n < 3; n += 1) shows(0, NOW + 600_000 + n * 61_000);
    expect(clock.offset).toBe(0);
  });
});

describe('whatever a charger of OCPP 2.0.1 sends', () => {
  const NAMES_201 = [
    'eventType',
    'seqNo',
    'transactionInfo',
    'transactionId',
    'evse',
    'id',
    'idToken',
    'type',
    'evseId',
  ];
  const PARTS = ['unitOfMeasure', 'multiplier', 'signedMeterValue', 'location', 'eventData', 'component', 'variable'];
  const names = fc.constantFrom(...NAMES_201, ...PARTS, ...SAMPLES);
  const nested = fc.dictionary(names, fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(names, fc.jsonValue())));

  it('is read: a request is never refused, and its numbers are in their ranges', () => {
    const actions = ['TransactionEvent', 'MeterValues', 'StatusNotification', 'NotifyEvent', 'Authorize'] as const;
    holds(fc.tuple(fc.constantFrom(...actions), nested), ([action, given]) => {
      const payload = { ...given, meterValue: [{ sampledValue: [given] }], eventData: [given, given.eventData] };
      const { value } = v201.readRequest(action, payload) as { value: Record<string, unknown> };
      expect(Array.isArray(v201.requestProblems(action, payload))).toBe(true);
      const { connector, readings = [] } = value;
      if (typeof connector === 'number') expect(connector >= 0 && connector <= 10_000).toBe(true);
      for (const { wh } of readings as { wh: number }[]) expect(wh >= 0 && wh <= 1e12).toBe(true);
      if (action === 'TransactionEvent') {
        const event = value as unknown as v201.TransactionEvent;
        expect(v201.eventKey(event)).toEqual(expect.any(String));
        if (event.seqNo !== undefined) expect(Number.isSafeInteger(event.seqNo)).toBe(true);
      }
    });
  });
});

describe('the events of a transaction', () => {
  const AT = Date.UTC(2026, 2, 1);
  const session = (length: number, card: number, connector: number): v201.BeginEvent[] =>
    Array.from({ length }, (_, seqNo) => ({
      ...{ type: seqNo === 0 ? 'Started' : seqNo === length - 1 ? 'Ended' : 'Updated', seqNo, at: AT + seqNo },
      ...{ charging: false, accepted: seqNo === card ? true : undefined },
      connector: seqNo === connector ? 1 : undefined,
    }));
  const sessions = fc.integer({ min: 2, max: 12 }).chain((length) => {
    const places = fc.nat({ max: length - 1 });
    return fc.tuple(places, places).chain(([card, connector]) => {
      const events = session(length, card, connector);
      return fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: length, maxLength: length }));
    });
  });

  it('begin a session in one way, whatever order they come in: as soon as it is certain, and never otherwise', () => {
    holds(sessions, ([events, arrived]) => {
      const truth = v201.beginningOf(events);
      for (let n = 0; n <= arrived.length; n += 1) {
        const found = v201.beginningOf(v201.gapless(arrived.slice(0, n)));
        expect(found === undefined || JSON.stringify(found) === JSON.stringify(truth)).toBe(true);
      }
      expect(v201.beginningOf(v201.gapless(arrived))).toEqual(truth);
      expect(truth?.started).toBe(events[0]);
    });
  });

  it('would begin it in another way without their numbers', () => {
    const property = fc.property(sessions, ([events, arrived]) => {
      const found = arrived.map((_, n) => v201.beginningOf(arrived.slice(0, n + 1))).find(Boolean);
      expect(found).toEqual(v201.beginningOf(events));
    });
    expect(fc.check(property, { numRuns: 500, endOnFailure: true }).failed).toBe(true);
  });

  it('keep their order when an end is repeated in other words', () => {
    const [a, b, c] = session(3, 1, 1) as [v201.BeginEvent, v201.BeginEvent, v201.BeginEvent];
    const again = { ...c, at: c.at + 60_000 };
    expect(v201.gapless([c, again, a])).toEqual([a]);
    expect(v201.gapless([c, again, a, b])).toEqual([a, b, c]);
  });

  it('are in the order of their times where their numbers say nothing', () => {
    const [a, b, c] = session(3, 0, 0).map((one) => ({ ...one, seqNo: undefined }));
    expect(v201.gapless([c, a, b] as v201.BeginEvent[])).toEqual([a, b, c]);
    expect(v201.gapless([c, b] as v201.BeginEvent[])).toEqual([]);
  });
});
