import { randomUUID } from 'node:crypto';
import { accountClosed, workforceOperators, workforceWorkers } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { internalCaller } from '@open-cpo/messaging';
import { until } from '@open-cpo/testing';
import { Orders } from '../test/orders';
import { owner, rival, startWorkforce, type Workforce } from '../test/workforce';

describe('the personal data of workers', () => {
  let workforce: Workforce;
  beforeAll(async () => (workforce = await startWorkforce('worker_retention')));
  afterAll(() => workforce?.stop());
  beforeEach(() => workforce.empty());

  const close = async (account_id: number): Promise<void> => {
    const [eventId, at] = [randomUUID(), new Date().toISOString()];
    const payload = JSON.stringify({ account_id, closed_at: at });
    const subject = `${accountClosed.subject}.${account_id}`;
    await workforce.service.app
      .get(EventPublisher, { strict: false })
      .publish({ subject, eventId, payload, occurredAt: at });
    const seen = `select 1 from inbox where consumer = 'workforce-accounts-closed' and event_id = $1`;
    await until(async () => (await workforce.db.query(seen, [eventId])).length > 0, 'the event to be handled');
  };
  const texts = async (): Promise<string> =>
    JSON.stringify([
      await workforce.db.query('select * from workers order by id'),
      await workforce.db.query('select * from audit_entries'),
      await workforce.db.query('select * from audit_log'),
    ]);
  const retain = () => workforce.bus.call(workforceOperators.enforceRetention, { by: 'ops' }, internalCaller());
  const removed = async (email: string, days: number): Promise<number> => {
    const { id } = await workforce.make({ email, rfid: String(100000000000 + days) });
    await workforce.bus.call(workforceWorkers.remove, { id }, owner());
    await workforce.db.query('update workers set deleted_at = now() - make_interval(days => $2) where id = $1', [
      id,
      days,
    ]);
    return id;
  };

  it('goes with their account, and that of others stays; the cash is kept', async () => {
    const orders = new Orders(workforce);
    const { id } = await workforce.make({ email: 'gone@example.com' });
    await workforce.make({ email: 'other@example.com' }, rival());
    await orders.completed({ worker_id: id });
    await orders.handled(1);
    await close(1);
    expect(await texts()).not.toContain('gone@example.com');
    expect(await texts()).toContain('other@example.com');
    expect(await workforce.db.query('select worker_id from cash_movements')).toEqual([{ worker_id: id }]);
    expect((await workforce.bus.call(workforceWorkers.table, {}, owner())).data).toEqual([]);
    expect((await workforce.bus.call(workforceWorkers.table, {}, rival())).data).toHaveLength(1);
  });

  it('of those who were removed goes when its retention period is over', async () => {
    await removed('long@example.com', 366);
    await removed('short@example.com', 364);
    await workforce.make({ email: 'present@example.com' });
    expect((await retain()).removed).toBeGreaterThan(0);
    expect(await texts()).not.toContain('long@example.com');
    expect(await texts()).toContain('short@example.com');
    expect(await texts()).toContain('present@example.com');
  });

  it('in audit entries goes when their retention period is over', async () => {
    await workforce.make({ email: 'present@example.com' });
    await workforce.db.query(`update audit_personal set created_at = now() - interval '731 days'`);
    await retain();
    expect(JSON.stringify(await workforce.db.query('select * from audit_entries'))).not.toContain(
      'present@example.com',
    );
  });
});
