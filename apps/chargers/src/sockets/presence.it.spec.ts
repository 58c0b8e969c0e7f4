import { randomUUID } from 'node:crypto';
import { type Charger, chargers, type NewCharger } from '@open-cpo/contracts';
import { until } from '@open-cpo/testing';
import { type Chargers, owner, startChargers } from '../test/chargers';
import { ConnectionsRepository } from './connections.repository';
import { Presence } from './presence';
import { Sockets } from './sockets';

describe('chargers', () => {
  let service: Chargers;
  let charger: NewCharger;
  let nextChargePoint = 200;

  beforeAll(async () => {
    service = await startChargers('charger_presence', { CHARGERS_ABSENCE_SECONDS: '1' });
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
  });

  const shown = (): Promise<Charger> => service.bus.call(chargers.one, { id: charger.id }, owner());
  const events = async () =>
    (await service.published(charger, '')).map(({ subject }) => subject.replace('charging.charger.', ''));

  it('have no index on what is written with each sign of life', async () => {
    const rows = await service.db.query<{ indexdef: string }>(
      `select indexdef from pg_indexes where tablename = 'chargers'`,
    );
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ indexdef }) => /last_seen_at|clock_offset_ms|quirks/.test(indexdef))).toEqual([]);
  });

  it('are published again where they counted as disconnected while nothing could be written', async () => {
    const socket = await service.connect(charger);
    await service.db.query(`update chargers set last_seen_at = now() - interval '16 minutes' where id = $1`, [
      charger.id,
    ]);
    await service.service.app.get(Presence).run();
    expect(await events()).toEqual(['connected', 'disconnected']);
    expect((await shown()).state).toBe('disconnected');
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 301_000);
    await service.service.app.get(Sockets).look();
    later.mockRestore();
    expect(await events()).toEqual(['connected', 'disconnected', 'connected']);
    expect(await shown()).toMatchObject({ state: 'connected', disconnected_at: null });
    socket.terminate();
    await until(async () => (await shown()).state === 'disconnected', 'the charger to be disconnected');
    expect(await events()).toEqual(['connected', 'disconnected', 'connected', 'disconnected']);
  });

  it('are disconnected as of the last sign of life of a replica that has ended without a word', async () => {
    const socket = await service.connect(charger);
    const presence = service.service.app.get(Presence);
    const other = randomUUID();
    const say = (column: string, ago: string, whose: '=' | '<>') =>
      service.db.query(`update replicas set ${column} = now() - $2::interval where id ${whose} $1`, [other, ago]);
    await service.db.query(
      `update chargers set holder = $2, last_seen_at = now() - interval '2 minutes' where id = $1`,
      [charger.id, other],
    );
    await service.db.query('insert into replicas values ($1, now(), now())', [other]);
    const cases = [
      { seen: '-1 hour', alive: '1 hour', ends: false },
      { seen: '61 seconds', alive: '-1 hour', ends: false },
      { seen: '61 seconds', alive: '1 hour', ends: true },
    ];
    for (const { seen, alive, ends } of cases) {
      // Its own first: the service looks by itself meanwhile.
      await say('alive_since', '-1 hour', '<>');
      await say('seen_at', seen, '=');
      await say('alive_since', alive, '<>');
      await presence.run();
      expect((await events()).includes('disconnected')).toBe(ends);
    }
    const [row] = await service.db.query<{ same: boolean }>(
      `select disconnected_at = greatest(r.seen_at, last_seen_at) as same from chargers c join replicas r on r.id = c.holder
       where c.id = $1`,
      [charger.id],
    );
    expect(row).toEqual({ same: true });
    socket.terminate();
  });

  it('whose end could not be written are disconnected with the next look', async () => {
    const socket = await service.connect(charger);
    const sockets = service.service.app.get(Sockets);
    const seen = jest
      .spyOn(service.service.app.get(ConnectionsRepository), 'seen')
      .mockRejectedValue(new Error('away'));
    const tried = () =>
      seen.mock.calls.filter(([sightings, closed]) => closed && sightings.some(({ id }) => id === charger.id)).length;
    socket.terminate();
    await until(() => tried() > 1, 'the socket to end, and its end to be tried with others and alone');
    expect(await shown()).toMatchObject({ disconnected_at: null });
    seen.mockRestore();
    await until(async () => {
      await sockets.look();
      return (await shown()).disconnected_at !== null;
    }, 'the end to be written');
  });
});
