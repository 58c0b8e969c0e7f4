import { randomUUID } from 'node:crypto';
import type { NewCharger } from '@open-cpo/contracts';
import { SimulatedCharger, transactionEventPayload } from '@open-cpo/testing';
import fc from 'fast-check';
import { CARDS, type Chargers, startChargers } from './test/chargers';
import { TransactionsRepository } from './transactions/transactions.repository';
import { RemoteSessions } from './v201/remote-sessions';

const WORKER = '04A2B1C6';
const RUNS = 25;
type Json = Record<string, unknown>;

/** A message, and how often its connection is cut before it is answered. */
interface Sending {
  readonly action: string;
  readonly payload: Json;
  readonly cuts: number;
}

/** How the messages of a session arrive: by places of the session, also more than once. */
interface Arrival {
  readonly order: readonly number[];
  readonly cuts: readonly number[];
  readonly again: readonly number[];
}

/** Times and registers of a session of so many readings, an hour ago. */
function measured(readings: number) {
  const begin = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
  const time = (n: number): string => new Date(begin + n * 60_000).toISOString();
  return { time, wh: (n: number): number => 1000 + n * 250, end: readings + 1 };
}
type Measured = ReturnType<typeof measured>;

/** Any order of all messages, each once or more, with cuts. */
const arrivals = (messages: number): fc.Arbitrary<Arrival> => {
  const places = Array.from({ length: messages }, (_, n) => n);
  return fc.record({
    order: fc.shuffledSubarray(places, { minLength: messages, maxLength: messages }),
    cuts: fc.array(fc.nat({ max: 2 * messages }), { maxLength: 3 }),
    again: fc.array(fc.nat({ max: messages - 1 }), { maxLength: 4 }),
  });
};

const sendings = (messages: readonly [string, Json][], { order, cuts, again }: Arrival): Sending[] =>
  [...order, ...again].map((place, n) => {
    const [action, payload] = messages[place] as [string, Json];
    return { action, payload, cuts: cuts.filter((one) => one === n).length };
  });

describe('a session whose messages come in any order, late, repeated and over cut connections', () => {
  let service: Chargers;
  let nextChargePoint = 100;

  beforeAll(async () => {
    service = await startChargers('charger_any_order');
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());
  afterEach(() => jest.restoreAllMocks());

  const newCharger = async (): Promise<NewCharger> => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    return service.make(nextChargePoint);
  };

  /** One that repeats each message until it is answered, as chargers do. */
  function sender(charger: NewCharger, protocols: string[]) {
    const open = () => service.connect(charger, { protocols });
    let socket: Promise<SimulatedCharger> | undefined;
    const send = async ({ action, payload, cuts }: Sending): Promise<Json> => {
      for (let n = 0; n < cuts; n += 1) {
        const cut = await (socket ??= open());
        cut.call(action, payload).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, n * 10));
        cut.terminate();
        await cut.closed;
        socket = undefined;
      }
      return (await (socket ??= open())).call(action, payload);
    };
    return { send, end: async () => (await socket)?.terminate() };
  }

  /** What was published of the sessions of a charger, each event once. */
  async function sessionOf(charger: NewCharger) {
    const events = (await service.published(charger)).filter(({ subject }) => /session/.test(subject));
    const each = (name: string) => [
      ...new Set(events.filter(({ subject }) => subject.endsWith(name)).map(({ payload }) => JSON.stringify(payload))),
    ];
    const all = (name: string) => each(name).map((text) => JSON.parse(text) as Json);
    return {
      begins: all('started').map(({ time, meter_wh, rfid, connector_number }) => [
        time,
        meter_wh,
        rfid,
        connector_number,
      ]),
      ends: all('completed').map(({ time, meter_wh }) => [time, meter_wh]),
      readings: all('metered')
        .map(({ time, meter_wh }) => `${String(time)} ${String(meter_wh)}`)
        .sort(),
    };
  }

  /** The messages of a session of 2.0.1: card and connector with the begin, or after it in either order. */
  function events(way: 'at once' | 'plugged first' | 'card first', session: Measured): [string, Json][] {
    const { time, wh, end } = session;
    const transactionId = randomUUID();
    const [card, evse] = [{ idToken: { idToken: WORKER, type: 'ISO14443' } }, { evse: { id: 1, connectorId: 1 } }];
    const later = { 'at once': {}, 'plugged first': card, 'card first': evse }[way];
    const first = { ...card, ...evse, ...(way === 'plugged first' ? { idToken: undefined } : {}) };
    const begin = way === 'card first' ? { ...first, evse: undefined } : first;
    const event = (type: 'Started' | 'Updated' | 'Ended', n: number, more: Json = {}): [string, Json] => [
      'TransactionEvent',
      transactionEventPayload({ type, seqNo: n, transactionId, timestamp: time(n), wh: wh(n), more }),
    ];
    const updates = Array.from({ length: end - 1 }, (_, n) => event('Updated', n + 1, n === 0 ? later : {}));
    return [event('Started', 0, begin), ...updates, event('Ended', end)];
  }

  const property201 = () =>
    fc.asyncProperty(
      fc.constantFrom('at once', 'plugged first', 'card first'),
      fc.integer({ min: 1, max: 4 }).chain((readings) => fc.tuple(fc.constant(readings), arrivals(readings + 2))),
      async (way, [readings, arrival]) => {
        const charger = await newCharger();
        const { send, end } = sender(charger, ['ocpp2.0.1']);
        const truth = measured(readings);
        for (const one of sendings(events(way, truth), arrival)) await send(one);
        await end();
        const { begins, ends, readings: found } = await sessionOf(charger);
        expect(begins).toEqual([[truth.time(0), truth.wh(0), WORKER, 1]]);
        expect(ends).toEqual([[truth.time(truth.end), truth.wh(truth.end)]]);
        expect(found).toHaveLength(readings + 2);
      },
    );

  it('of OCPP 2.0.1 has the same begin, end and energy', async () => {
    await fc.assert(property201(), { numRuns: RUNS, endOnFailure: true });
  });

  it('of OCPP 2.0.1 has not, if it were made of its events as they come', async () => {
    jest.spyOn(service.service.app.get(RemoteSessions), 'orderOf').mockImplementation((given) => [...given]);
    expect(await fc.check(property201(), { numRuns: 4 * RUNS, endOnFailure: true })).toMatchObject({ failed: true });
  });

  /** The begin comes first: what follows needs the id with which it is answered. */
  const property16 = () =>
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }).chain((readings) => fc.tuple(fc.constant(readings), arrivals(readings + 1))),
      fc.nat({ max: 2 }),
      fc.nat({ max: 2 }),
      async ([readings, arrival], cuts, repetitions) => {
        const charger = await newCharger();
        const { send, end } = sender(charger, ['ocpp1.6']);
        const { time, wh, end: last } = measured(readings);
        const begin = { connectorId: 1, idTag: WORKER, meterStart: wh(0), timestamp: time(0) };
        const start = { action: 'StartTransaction', payload: begin, cuts };
        const { transactionId } = await send(start);
        for (let n = 0; n < repetitions; n += 1)
          expect(await send({ ...start, cuts: 0 })).toMatchObject({ transactionId });
        const meter = (n: number): [string, Json] => [
          'MeterValues',
          {
            ...{ connectorId: 1, transactionId },
            meterValue: [{ timestamp: time(n), sampledValue: [{ value: String(wh(n)), unit: 'Wh' }] }],
          },
        ];
        const stop: Json = { transactionId, meterStop: wh(last), timestamp: time(last), reason: 'Local' };
        const readingsSent = Array.from({ length: readings }, (_, n) => meter(n + 1));
        for (const one of sendings([...readingsSent, ['StopTransaction', stop]], arrival)) await send(one);
        await end();
        const { begins, ends, readings: found } = await sessionOf(charger);
        expect(begins).toEqual([[time(0), wh(0), WORKER, 1]]);
        expect(ends).toEqual([[time(last), wh(last)]]);
        expect(found).toHaveLength(readings);
      },
    );

  it('of OCPP 1.6 has the same begin, end and energy', async () => {
    await fc.assert(property16(), { numRuns: RUNS, endOnFailure: true });
  });

  it('of OCPP 1.6 has not, if repetitions of its begin were not recognised', async () => {
    jest.spyOn(service.service.app.get(TransactionsRepository), 'sameStart').mockResolvedValue(undefined);
    expect(await fc.check(property16(), { numRuns: 4 * RUNS, endOnFailure: true })).toMatchObject({ failed: true });
  });
});
