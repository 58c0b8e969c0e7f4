import type { NewCharger } from '@open-cpo/contracts';
import type { SimulatedCharger } from '@open-cpo/testing';
import { type Chargers, startChargers } from './test/chargers';

const CHARGERS = 8;

describe('readings of several chargers at once', () => {
  let service: Chargers;
  const chargers: NewCharger[] = [];
  const sockets: SimulatedCharger[] = [];
  const transactions: number[] = [];

  beforeAll(async () => {
    service = await startChargers('charger_together');
    for (let id = 1; id <= CHARGERS; id += 1) {
      await service.chargePoint(id);
      // The last one refuses the card: its begin is published when energy flows.
      const made = await service.make(id, { policy: id === CHARGERS ? 'workers' : 'anybody' });
      const socket = await service.connect(made);
      transactions.push((await socket.start({ idTag: 'CAFE', meterStart: 0 })).id);
      chargers.push(made);
      sockets.push(socket);
    }
  });
  afterAll(() => service?.stop());

  const at = (n: number) => new Date(Date.now() + n).toISOString();
  const published = async (n: number) =>
    (await service.published({ id: chargers[n]?.id ?? 0 }, 'session.metered')).map(({ payload }) => payload.meter_wh);

  it('are published once each, whatever comes beside them', async () => {
    const [first = 0] = transactions;
    for (const wh of [100, 200, 300]) {
      const all = sockets.map((socket, n) => socket.meter(transactions[n] ?? 0, wh + n / 4, at(wh)));
      expect(await Promise.all(all)).toEqual(sockets.map(() => ({})));
    }
    for (let n = 0; n < CHARGERS; n += 1) {
      expect(await published(n)).toEqual([100 + n / 4, 200 + n / 4, 300 + n / 4]);
    }
    const stored = await service.db.query<{ last_wh: string }>('select last_wh from transactions order by id');
    expect(stored.map(({ last_wh }) => Number(last_wh))).toEqual(sockets.map((_, n) => 300 + n / 4));
    // One of another charger is kept and not applied, and holds up nobody.
    const foreign = sockets.map((socket, n) => socket.meter(n === 3 ? first : (transactions[n] ?? 0), 900, at(900)));
    expect(await Promise.all(foreign)).toEqual(sockets.map(() => ({})));
    expect(await published(0)).toEqual([100, 200, 300, 900]);
    expect((await published(3)).at(-1)).toBe(300.75);
    const kept = await service.db.query('select charger_id, transaction_id from kept_messages');
    expect(kept).toEqual([{ charger_id: chargers[3]?.id, transaction_id: first }]);
  });

  it('of a socket that was replaced are not taken, and those of others are', async () => {
    const replica = await service.replica();
    try {
      const [taken] = chargers;
      const newer = taken && (await service.connect(taken, { url: replica.url }));
      const rest = sockets.slice(1).map((socket, n) => socket.meter(transactions[n + 1] ?? 0, 950, at(950)));
      await expect(sockets[0]?.meter(transactions[0] ?? 0, 950, at(950))).rejects.toThrow('1008');
      expect(await Promise.all(rest)).toEqual(rest.map(() => ({})));
      expect((await published(0)).at(-1)).toBe(900);
      expect((await published(1)).at(-1)).toBe(950);
      newer?.terminate();
    } finally {
      await replica.stop();
    }
  });
});
