import { randomUUID } from 'node:crypto';
import { accountClosed, orderCompleted, webhooks } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { until } from '@open-cpo/testing';
import { orderOf } from '../test/facts';
import { type Notifications, owner, rival, startNotifications } from '../test/notifications';

describe('an account that is closed', () => {
  let notifications: Notifications;
  beforeAll(async () => {
    notifications = await startNotifications('account_closed', { WEBHOOK_LOCAL_TARGETS: 'true' });
  });
  afterAll(() => notifications?.stop());

  const close = async (account_id: number): Promise<void> => {
    const [eventId, at] = [randomUUID(), new Date().toISOString()];
    const payload = JSON.stringify({ account_id, closed_at: at });
    const subject = `${accountClosed.subject}.${account_id}`;
    await notifications.app
      .get(EventPublisher, { strict: false })
      .publish({ subject, eventId, payload, occurredAt: at });
    const seen = `select 1 from inbox where consumer = 'notifications-accounts-closed' and event_id = $1`;
    await until(async () => (await notifications.db.query(seen, [eventId])).length > 0, 'the event to be handled');
  };
  const accountsIn = async (table: string): Promise<number[]> => {
    const rows = await notifications.db.query<{ id: number }>(
      `select distinct account_id as id from ${table} order by 1`,
    );
    return rows.map(({ id }) => id);
  };

  it('has neither webhooks nor events left, and others keep theirs', async () => {
    for (const caller of [owner(), rival()]) {
      await notifications.bus.call(webhooks.create, { url: 'http://127.0.0.1:9/hook' }, caller);
    }
    for (const account of [1, 2]) await notifications.say(orderCompleted, orderOf(account, account), account);
    await notifications.settled();
    const tables = ['webhooks', 'webhook_deliveries', 'events'];
    for (const table of tables) expect([table, await accountsIn(table)]).toEqual([table, [1, 2]]);
    await close(1);
    for (const table of tables) expect([table, await accountsIn(table)]).toEqual([table, [2]]);
  });
});
