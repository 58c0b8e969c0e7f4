import { chargers } from '@open-cpo/contracts';
import { PartitionMaintenance } from '@open-cpo/persistence';
import { until } from '@open-cpo/testing';
import { MESSAGES } from '../chargers/charger.queries';
import { type Chargers, owner, startChargers } from '../test/chargers';

/** Every twentieth is of the charger. */
const FILL = `
  insert into messages (charger_id, account_id, at, direction, kind, message_id, payload, problems)
  select case when n % 20 = 0 then $1 else 900 + n % 20 end, 1, now() - make_interval(days => $2), 'received', 'call', n::text,
    '{}', '{}' from generate_series(1, $3::int) n`;

describe('partitions of messages', () => {
  let service: Chargers;
  beforeAll(async () => (service = await startChargers('message_partitions')));
  afterAll(() => service?.stop());

  it('are read from their index, newest first, and dropped when all of their messages are past retention', async () => {
    await service.chargePoint(7001, 1);
    const { id } = await service.bus.call(chargers.create, { charge_point_id: 7001 }, owner());
    await service.db.query(FILL, [id, 30, 5000]);
    await service.db.query(`select setval(pg_get_serial_sequence('messages', 'id'), 20000000, false)`);
    await service.db.query(FILL, [id, 30, 3]);
    await service.db.query(FILL, [id, 0, 5000]);
    await service.db.query('analyze messages');

    const plan = await service.db.query<{ 'QUERY PLAN': string }>(`explain ${MESSAGES}`, [1, id, null, null, 100]);
    const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(lines).toMatch(/Index Scan using messages_charger on messages_0/);
    expect(lines).toMatch(/Index Scan using messages_20000000_account_id_charger_id_id_idx on messages_20000000/);
    const { data, meta } = await service.bus.call(chargers.messages, { id, itemsPerPage: 2 }, owner());
    expect(data.map((one) => one.id)).toEqual([20_005_002, 20_004_982]);
    const next = await service.bus.call(chargers.messages, { id, itemsPerPage: 1, cursor: Number(meta.next) }, owner());
    expect(next.data.map((one) => one.id)).toEqual([20_004_962]);

    const partitions = async (): Promise<string[]> => {
      const text = `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'messages'::regclass`;
      return (await service.db.query<{ name: string }>(text)).map(({ name }) => name);
    };
    await until(async () => {
      await service.service.app.get(PartitionMaintenance).run();
      return !(await partitions()).includes('partitions.messages_0');
    }, 'the old partition to be dropped');
    expect(await service.db.query('select count(*)::int as n from messages')).toEqual([{ n: 5000 }]);
  });
});
