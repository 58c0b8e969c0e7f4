import { chargerCommands, type NewCharger } from '@open-cpo/contracts';
import { type SimulatedCharger, until } from '@open-cpo/testing';
import { Reminders } from './commands/reminders';
import { CARDS, type Chargers, owner, startChargers } from './test/chargers';

const WORKER = '04A2B1C6';
const keyOf = (payload: unknown): string => JSON.stringify(payload);

describe('what a charger should have said', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let chargePointId = 2800;

  beforeAll(async () => {
    service = await startChargers('charger_reminders');
    CARDS.set(WORKER, 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    chargePointId += 1;
    await service.chargePoint(chargePointId);
    charger = await service.make(chargePointId);
    socket = await service.connect(charger);
    socket.answers.set('TriggerMessage', () => ({ status: 'Accepted' }));
  });
  afterEach(() => socket.terminate());

  const remind = () => service.service.app.get(Reminders).run();
  const later = (minutes: number) =>
    service.db.query(
      `with connected as (update chargers set connected_at = connected_at - $2 * interval '1 minute' where id = $1),
         asked as (update commands set created_at = created_at - $2 * interval '1 minute' where charger_id = $1)
       update connectors set reported_at = reported_at - $2 * interval '1 minute' where charger_id = $1`,
      [charger.id, minutes],
    );
  // Commands that are made at the same time are sent in any order.
  const asked = () => socket.calls.map(({ payload }) => payload).sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
  const answered = (n: number) =>
    until(async () => {
      const { data } = await service.bus.call(chargerCommands.table, { id: charger.id }, owner());
      return data.filter(({ state }) => state === 'accepted').length === n;
    }, 'the answer');

  it('is asked for once where it has never sent a boot', async () => {
    await remind();
    expect(asked()).toEqual([]);
    await later(2);
    await remind();
    await answered(1);
    await remind();
    expect(asked()).toEqual([{ requestedMessage: 'BootNotification' }]);
  });

  it('is not asked for where it has booted before', async () => {
    await socket.boot();
    socket.terminate();
    socket = await service.connect(charger);
    await later(30);
    expect(await remind()).toBe(0);
  });

  it('is asked for where a connector finishes for ever, or is free while its session goes on; its session stays open', async () => {
    await socket.boot();
    const { id } = await socket.start({ idTag: WORKER, timestamp: new Date(Date.now() - 3_600_000).toISOString() });
    await socket.status(1, 'Available');
    await socket.status(2, 'Finishing');
    await socket.status(3, 'Available');
    await later(5);
    expect(await remind()).toBe(0);
    await later(6);
    expect(await remind()).toBe(1);
    await answered(1);
    expect(await remind()).toBe(0);
    await later(11);
    expect(await remind()).toBe(1);
    await answered(2);
    await later(11);
    expect(await remind()).toBe(0);
    expect(asked()).toEqual([1, 2].map((connectorId) => ({ requestedMessage: 'StatusNotification', connectorId })));
    const [row] = await service.db.query('select stopped_at from transactions where id = $1', [id]);
    expect(row).toEqual({ stopped_at: null });
  });
});
