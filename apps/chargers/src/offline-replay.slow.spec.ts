import { randomUUID } from 'node:crypto';
import { chargers } from '@open-cpo/contracts';
import { SimulatedCharger, SimulatedStation, transactionEventPayload, until } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from './test/chargers';

const WORKER = '04A2B1C6';
const SESSIONS = 10;
const READINGS = 98;
const STEP_MS = 60_000;

/** In an order that is another one in each run. */
function shuffled<T>(given: readonly T[]): T[] {
  const all = [...given];
  for (let n = all.length - 1; n > 0; n -= 1) {
    const other = Math.floor(Math.random() * (n + 1));
    [all[n], all[other]] = [all[other] as T, all[n] as T];
  }
  return all;
}

describe('the queue of a charger that was offline: 1,000 messages in a wrong order', () => {
  let service: Chargers;

  beforeAll(async () => {
    service = await startChargers('charger_replay');
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());

  const begin = Math.floor(Date.now() / 1000) * 1000 - 30 * 3_600_000;
  const time = (session: number, n: number): string => new Date(begin + (session * 110 + n) * STEP_MS).toISOString();
  const wh = (session: number, n: number): number => (session * 110 + n) * 50;
  const sessionsOf = async (charger: { id: number }) => {
    const of = async (name: string) =>
      (await service.published(charger, `session.${name}`)).map(({ payload }) => [payload.time, payload.meter_wh]);
    const [started, metered, completed] = [await of('started'), await of('metered'), await of('completed')];
    return { started: started.sort(), metered: metered.length, completed: completed.sort() };
  };
  const all = Array.from({ length: SESSIONS }, (_, session) => session);
  const expected = {
    started: all.map((session) => [time(session, 0), wh(session, 0)]).sort(),
    completed: all.map((session) => [time(session, READINGS + 1), wh(session, READINGS + 1)]).sort(),
  };
  const openOf = async ({ id }: { id: number }) =>
    (await service.bus.call(chargers.one, { id }, owner())).open_transactions;

  it('of OCPP 2.0.1 is ten sessions', async () => {
    await service.chargePoint(3100);
    const charger = await service.make(3100);
    const { identity, credential } = charger;
    const station = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
    const events = all.flatMap((session) => {
      const transactionId = randomUUID();
      return Array.from({ length: READINGS + 2 }, (_, seqNo) =>
        transactionEventPayload({
          ...{ type: seqNo === 0 ? 'Started' : seqNo === READINGS + 1 ? 'Ended' : 'Updated', seqNo, transactionId },
          ...{ timestamp: time(session, seqNo), wh: wh(session, seqNo), triggerReason: 'Authorized' },
          ...(seqNo === 0 ? { card: WORKER } : {}),
          more: { offline: true, evse: { id: 1, connectorId: 1 } },
        }),
      );
    });
    await Promise.all(shuffled(events).map((event) => station.call('TransactionEvent', event)));
    expect(await sessionsOf(charger)).toMatchObject(expected);
    expect(await openOf(charger)).toBe(0);
    station.terminate();
  });

  it('of OCPP 1.6 is ten sessions, whichever of their readings and ends come first', async () => {
    await service.chargePoint(3101);
    const charger = await service.make(3101);
    const socket: SimulatedCharger = await service.connect(charger);
    const begun = await Promise.all(
      shuffled(all).map(async (session) => {
        const start = { idTag: WORKER, meterStart: wh(session, 0), timestamp: time(session, 0) };
        return { session, id: (await socket.start(start)).id };
      }),
    );
    const messages = begun.flatMap(({ session, id }) => [
      ...Array.from({ length: READINGS }, (_, n) => () => socket.meter(id, wh(session, n + 1), time(session, n + 1))),
      () => socket.stop(id, wh(session, READINGS + 1), { timestamp: time(session, READINGS + 1) }),
    ]);
    await Promise.all(shuffled(messages).map((send) => send()));
    const found = await sessionsOf(charger);
    expect(found).toMatchObject(expected);
    expect(found.metered).toBe(SESSIONS * READINGS);
    await until(async () => (await openOf(charger)) === 0, 'all to have ended');
    socket.terminate();
  });
});
