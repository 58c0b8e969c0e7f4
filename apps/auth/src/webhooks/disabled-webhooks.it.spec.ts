import { randomUUID } from 'node:crypto';
import { emails, webhookDisabled } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { asStranger, until } from '@open-cpo/testing';
import { AuthUnderTest, type Person } from '../fixture/auth-under-test';

describe('a webhook that was switched off', () => {
  let auth: AuthUnderTest;
  let owner: Person;
  let rival: Person;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    owner = await auth.owner();
    rival = await auth.owner();
  });
  afterAll(() => auth.stop());

  const told = async (url: string, eventId: string = randomUUID()): Promise<void> => {
    const account_id = owner.caller.identity?.accountId;
    await auth.service.app.get(EventPublisher).publish({
      subject: `${webhookDisabled.subject}.${account_id}`,
      eventId,
      payload: JSON.stringify({ webhook_id: 3, account_id, url }),
      occurredAt: new Date().toISOString(),
    });
    const seen = `select 1 from inbox where consumer = 'auth-webhooks' and event_id = $1`;
    await until(async () => (await auth.database.query(seen, [eventId])).length > 0, 'the fact to be handled');
  };
  const letters = () =>
    auth.database.query<{ id: number; recipient: string }>(
      `select id, recipient from emails where template = 'webhook-disabled' order by id`,
    );

  it('is told to the owners of its account by mail, with its host and nothing else of its address', async () => {
    await told('https://hooks.example.com:8443/cpo?key=secret');
    const [letter, ...more] = await letters();
    expect([letter?.recipient, more]).toEqual([owner.user.email, []]);
    expect(letter?.recipient).not.toBe(rival.user.email);
    const content = await auth.bus.call(emails.content, { id: letter?.id ?? 0 }, asStranger());
    expect(content).toMatchObject({ template: 'webhook-disabled', params: { host: 'hooks.example.com:8443' } });
    expect(JSON.stringify(content)).not.toContain('secret');
  });
});
