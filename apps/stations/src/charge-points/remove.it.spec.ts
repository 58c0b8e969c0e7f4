import { chargePoints } from '@open-cpo/contracts';
import { allRows } from '@open-cpo/messaging';
import { change, make, one, owner, rival } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

describe('the removal of a power center', () => {
  let stations: Stations;
  let id: number;

  beforeAll(async () => (stations = await startStations('remove')));
  afterAll(() => stations?.stop());
  beforeEach(async () => {
    await empty(stations);
    ({ id } = await make(stations, { title: 'To go' }));
    await change(stations, id, {
      connectors: [
        { id: 1, number: 1 },
        { id: 3, number: 2 },
      ],
    });
  });

  const remove = (caller = owner()) => stations.bus.call(chargePoints.remove, { id }, caller);
  const occupy = (status: string) =>
    stations.db.query(`update charge_point_connectors set status = $1 where number = 2`, [status]);

  it('makes it vanish from every read, while its row stays', async () => {
    await remove();
    await expect(one(stations, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await stations.bus.call(chargePoints.table, {}, owner())).meta.total).toBe(0);
    expect(await allRows(stations.bus.stream(chargePoints.all, {}, owner()))).toEqual([]);
    expect(await allRows(stations.bus.stream(chargePoints.full, {}, owner()))).toEqual([]);
    expect(await stations.db.query('select deleted_at is not null as gone from charge_points')).toEqual([
      { gone: true },
    ]);
  });

  it('happens once', async () => {
    await remove();
    await expect(remove()).rejects.toMatchObject({ code: 'not_found', message: 'Invalid Resource Requested' });
    await expect(change(stations, id, { title: 'x' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is refused while a session is active on any connector', async () => {
    await occupy('busy');
    await expect(remove()).rejects.toMatchObject({ code: 'delete_refused', message: 'Failed to delete Chargepoint' });
    expect(await one(stations, id)).toMatchObject({ title: 'To go' });
    await occupy('available');
    await remove();
  });

  it('of a connector is refused while a session is active on it', async () => {
    await occupy('busy');
    await expect(change(stations, id, { connectors: [{ id: 1, number: 1 }] })).rejects.toMatchObject({
      fields: { connectors: ['A charging session is active on connector 2.'] },
    });
    await change(stations, id, { connectors: [{ id: 7, number: 2 }] });
  });

  it('is not for others to do', async () => {
    await expect(remove(rival())).rejects.toMatchObject({ code: 'forbidden' });
    await occupy('busy');
    await expect(remove(rival())).rejects.toMatchObject({ code: 'forbidden' });
    expect(await one(stations, id)).toMatchObject({ title: 'To go' });
  });

  it('is told to other services and recorded', async () => {
    await remove();
    const domainEvents = await stations.db.query('select name, payload from outbox order by id desc limit 1');
    expect(domainEvents).toEqual([
      { name: `facts.stations.charge-points.removed.${id}`, payload: { id, account_id: 1 } },
    ]);
    const log = await stations.db.query(
      `select user_id, before->>'title' as title, after from audit_log where action = 'power-centers.delete'
       order by id desc limit 1`,
    );
    expect(log).toEqual([{ user_id: 11, title: 'To go', after: null }]);
  });
});
