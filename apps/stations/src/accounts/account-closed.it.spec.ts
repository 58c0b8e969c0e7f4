import { randomUUID } from 'node:crypto';
import { accountClosed, chargePoints } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { until } from '@open-cpo/testing';
import { make, one, owner, rival } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

describe('an account that is closed', () => {
  let stations: Stations;
  beforeAll(async () => (stations = await startStations('account_closed')));
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const close = async (account_id: number): Promise<void> => {
    const [eventId, at] = [randomUUID(), new Date().toISOString()];
    const payload = JSON.stringify({ account_id, closed_at: at });
    const subject = `${accountClosed.subject}.${account_id}`;
    await stations.service.app
      .get(EventPublisher, { strict: false })
      .publish({ subject, eventId, payload, occurredAt: at });
    const seen = `select 1 from inbox where consumer = 'stations-accounts-closed' and event_id = $1`;
    await until(async () => (await stations.db.query(seen, [eventId])).length > 0, 'the event to be handled');
  };

  it('has no power centers any more, and others keep theirs', async () => {
    const { id } = await make(stations, { title: 'To go' });
    await make(stations, { title: 'To go as well' });
    await make(stations, { title: 'To stay' }, rival());
    await close(owner().identity?.accountId ?? 0);
    await expect(one(stations, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await stations.bus.call(chargePoints.table, {}, owner())).meta.total).toBe(0);
    expect((await stations.bus.call(chargePoints.table, {}, rival())).meta.total).toBe(1);
    const told = await stations.db.query(
      `select 1 from outbox where name like 'facts.stations.charge-points.removed.%'`,
    );
    expect(told).toHaveLength(2);
    expect(
      await stations.db.query(`select after from audit_log where action = 'power-centers.delete-all'`),
    ).toContainEqual({ after: { removed: 2 } });
  });
});
