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

  it('are published as disconnected when their replica has ended without a word', async () => {
    const socket = await service.connect(charger);
    const presence = service.service.app.get(Presence);
    const other = randomUUID();
    await service.db.query('update chargers set holder = $2 where id = $1', [charger.id, other]);
    await service.db.query(
      `insert into replicas values ($1, now() - interval '1 hour', now() - interval '59 seconds')`,
      [other],
    );
    await service.db.query(`update replicas set alive_since = now() - interval '1 hour' where id <> $1`, [other]);
    await presence.run();
    expect(await events()).not.toContain('disconnected');
    await service.db.query(`update replicas set seen_at = now() - interval '61 seconds' where id = $1`, [other]);
    await service.db.query('update replicas set alive_since = now() where id <> $1', [other]);
    await presence.run();
    expect(await events()).not.toContain('disconnected');
    await service.db.query(`update replicas set alive_since = now() - interval '16 seconds' where id <> $1`, [other]);
    await presence.run();
    expect((await events()).at(-1)).toBe('disconnected');
    socket.terminate();
  });

  it('whose end could not be written are disconnected with the next look', async () => {
    const socket = await service.connect(charger);
    const sockets = service.service.app.get(Sockets);
    const seen = jest
      .spyOn(service.service.app.get(ConnectionsRepository), 'seen')
      .mockRejectedValue(new Error('away'));
    const before = sockets.size;
    socket.terminate();
    await until(() => sockets.size < before && seen.mock.calls.length > 1, 'the socket to end');
    expect(await shown()).toMatchObject({ disconnected_at: null });
    seen.mockRestore();
    await until(async () => {
      await sockets.look();
      return (await shown()).disconnected_at !== null;
    }, 'the end to be written');
  });
});
