import { feed } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { asUser } from '@open-cpo/testing';
import { type Notifications, owner, startNotifications } from '../test/notifications';

const session = { sessionId: 'the-token', issuedAt: 1000, expiresAt: 2000 };
const user = (accountId = 1) => asUser({ accountId, userId: 11, ...session });

describe('a ticket to the feed', () => {
  let service: Notifications;

  beforeAll(async () => {
    service = await startNotifications('tickets');
  });
  afterAll(() => service?.stop());

  const issue = (caller = user()) => service.bus.call(feed.ticket, {}, caller);
  const redeem = (ticket: string) => service.bus.call(feed.redeem, { ticket }, internalCaller());
  const refused = { code: 'unauthenticated' };

  it('opens one stream as whoever asked for it, of those who come at once for one', async () => {
    const { ticket, expires_in } = await issue();
    expect([ticket.length, expires_in]).toEqual([43, 60]);
    const came = await Promise.allSettled([redeem(ticket), redeem(ticket), redeem(ticket)]);
    const let_in = came.filter(({ status }) => status === 'fulfilled');
    expect(let_in).toEqual([{ status: 'fulfilled', value: { userId: 11, ...session } }]);
    await expect(redeem(ticket)).rejects.toMatchObject(refused);
  });

  it('is good for a minute', async () => {
    const { ticket } = await issue();
    await service.db.query(`update feed_tickets set ends_at = now() - interval '1 second'`);
    await expect(redeem(ticket)).rejects.toMatchObject(refused);
  });

  it.each(['', 'x', 'a'.repeat(43)])('is not guessed: "%s"', async (ticket) => {
    await expect(redeem(ticket)).rejects.toMatchObject({ code: ticket ? 'unauthenticated' : 'validation_failed' });
  });

  it('is kept in a form that opens nothing', async () => {
    const { ticket } = await issue();
    const [row] = await service.db.query<{ row: string }>('select t::text as row from feed_tickets t');
    expect(row?.row).not.toContain(ticket);
  });

  it('is had with a token alone, and not without end', async () => {
    await expect(issue(owner())).rejects.toMatchObject(refused);
    await Promise.all(Array.from({ length: 100 }, () => issue(user(2))));
    await expect(issue(user(2))).rejects.toMatchObject({ code: 'too_many_requests' });
    await issue(user(3));
  });
});
