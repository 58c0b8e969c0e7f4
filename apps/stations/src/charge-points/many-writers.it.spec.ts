import { chargePoints } from '@open-cpo/contracts';
import { Client } from 'pg';
import { make, owner, rival } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

const WRITERS = 50;
const INSERT = `insert into charge_points (account_id, identifier, token, category, title, time_zone, created_at, updated_at)
  values (1, $1, $1, 'EV_CHARGER', 'Slow', 'UTC', now(), now())`;

describe('many writers of one account', () => {
  let stations: Stations;
  let slow: Client;

  beforeAll(async () => (stations = await startStations('many_writers')));
  beforeEach(async () => {
    await empty(stations);
    slow = new Client({ connectionString: stations.db.ownerUrl });
    await slow.connect();
  });
  afterEach(() => slow.end());
  afterAll(() => stations?.stop());

  const total = async (caller = owner()): Promise<number> =>
    (await stations.bus.call(chargePoints.table, {}, caller)).meta.total;
  const counted = () => stations.db.query('select shard, live from charge_point_count_shards where account_id = 1');

  it('do not wait for one that has not committed yet, and are all counted', async () => {
    await make(stations);
    await slow.query('begin');
    await slow.query(INSERT, ['slow']);
    await Promise.all(Array.from({ length: WRITERS }, () => make(stations)));
    expect(await total()).toBe(WRITERS + 1);
    await slow.query('commit');
    expect(await total()).toBe(WRITERS + 2);
  });

  it('that remove do not either', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => make(stations)));
    await slow.query('begin');
    await slow.query(INSERT, ['slow']);
    await Promise.all(made.map(({ id }) => stations.bus.call(chargePoints.remove, { id }, owner())));
    await slow.query('rollback');
    expect(await total()).toBe(0);
  });

  it('leave the count of others alone, and as many shards as there were writers at once', async () => {
    await make(stations, {}, rival());
    for (let times = 0; times < 5; times += 1) await make(stations);
    expect(await counted()).toEqual([{ shard: expect.any(Number) as number, live: 5 }]);
    expect([await total(), await total(rival())]).toEqual([5, 1]);
  });

  it('are counted for replicas of the version before, too', async () => {
    await Promise.all(Array.from({ length: 10 }, () => make(stations)));
    const before = 'select coalesce((select live from charge_point_counts where account_id = 1), 0) as total';
    expect(await stations.db.query(before)).toEqual([{ total: 10 }]);
  });
});
