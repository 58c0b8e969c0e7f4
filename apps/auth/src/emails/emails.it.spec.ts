import { accounts, emails, sendEmail } from '@open-cpo/contracts';
import { JobQueues } from '@open-cpo/jobs';
import { internalCaller } from '@open-cpo/messaging';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, refusalOf } from '../fixture/auth-under-test';
import { Upkeep } from '../upkeep/upkeep';

describe('an e-mail that waits', () => {
  let auth: AuthUnderTest;
  const worker = () => internalCaller();
  const content = (id: number) => auth.bus.call(emails.content, { id }, worker());
  const asked = async () => {
    const email = address();
    const input = { email, password: PASSWORD, first_name: 'Amina', last_name: 'Haddad', country_id: 1 };
    await auth.bus.call(accounts.register, input, asStranger());
    const [mail] = await auth.emailsTo(email);
    if (!mail) throw new Error('no mail');
    return { ...mail, email };
  };
  const stored = async (id: number) =>
    (await auth.database.query('select state, reason, params from emails where id = $1', [id]))[0];

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('is told to the worker in full, the same each time', async () => {
    const { id, email, params } = await asked();
    const told = await content(id);
    expect(told).toEqual({
      to: email,
      template: 'verify-email',
      params,
      language: 'en',
      dedupeKey: expect.any(String),
    });
    expect(await content(id)).toEqual(told);
    const other = await content((await asked()).id);
    expect(other.dedupeKey).not.toBe(told.dedupeKey);
  });

  it('is gone once it was sent, and its code with it', async () => {
    const { id } = await asked();
    await auth.bus.call(emails.sent, { id }, worker());
    await auth.bus.call(emails.sent, { id }, worker());
    await auth.bus.call(emails.failed, { id, reason: 'too late' }, worker());
    expect(await stored(id)).toEqual({ state: 'sent', reason: null, params: null });
    expect((await refusalOf(content(id))).code).toBe('not_found');
  });

  it('says why it failed', async () => {
    const { id } = await asked();
    await auth.bus.call(emails.failed, { id, reason: '550 no such user' }, worker());
    expect(await stored(id)).toMatchObject({ state: 'failed', reason: '550 no such user' });
  });

  it('that failed can be sent after all until it expires, and then is gone', async () => {
    const { id, params } = await asked();
    await auth.bus.call(emails.failed, { id, reason: '421 busy' }, worker());
    expect((await content(id)).params).toEqual(params);
    await auth.bus.call(emails.sent, { id }, worker());
    expect(await stored(id)).toEqual({ state: 'sent', reason: null, params: null });
  });

  it('that failed keeps its code no longer than that holds', async () => {
    const { id } = await asked();
    await auth.bus.call(emails.failed, { id, reason: '421 busy' }, worker());
    await auth.database.query('update emails set expires_at = now() where id = $1', [id]);
    expect((await refusalOf(content(id))).code).toBe('not_found');
    await auth.service.app.get(Upkeep, { strict: false }).run();
    expect(await stored(id)).toEqual({ state: 'failed', reason: '421 busy', params: null });
  });

  it('is not sent after its code has expired, and the code is wiped', async () => {
    const { id } = await asked();
    await auth.database.query('update emails set expires_at = now() where id = $1', [id]);
    expect((await refusalOf(content(id))).code).toBe('not_found');
    await auth.service.app.get(Upkeep, { strict: false }).run();
    expect(await stored(id)).toEqual({ state: 'failed', reason: 'expired', params: null });
  });

  it('to nobody is never told', async () => {
    const email = address();
    await auth.bus.call(accounts.resetPassword, { email }, asStranger());
    const [mail] = await auth.emailsTo(email);
    expect((await refusalOf(content(mail?.id ?? 0))).code).toBe('not_found');
  });

  it('that must not be sent is written and settled as any other by a worker that knows it', async () => {
    const email = address();
    await auth.bus.call(accounts.resetPassword, { email }, asStranger());
    const id = (await auth.emailsTo(email))[0]?.id ?? 0;
    const content = () => auth.bus.call(emails.content, { id, with_mute: true }, worker());
    expect(await content()).toMatchObject({ to: email, template: 'reset-password', mute: true });
    await auth.bus.call(emails.sent, { id }, worker());
    expect(await stored(id)).toEqual({ state: 'mute', reason: null, params: null });
    expect((await refusalOf(content())).code).toBe('not_found');
  });

  it('is put into the queue again when the queue was lost', async () => {
    const { id } = await asked();
    await auth.database.query(`update emails set created_at = now() - interval '3 minutes' where id = $1`, [id]);
    const { dedupeKey } = await content(id);
    const queues = auth.service.app.get(JobQueues, { strict: false });
    const add = jest.spyOn(queues, 'add');
    await auth.service.app.get(Upkeep, { strict: false }).run();
    expect(add).toHaveBeenCalledWith(sendEmail, dedupeKey, { id });
    add.mockRestore();
  });

  it('and all that has served its time go', async () => {
    const { id, email } = await asked();
    await auth.database.query(`update emails set created_at = now() - interval '91 days' where id = $1`, [id]);
    await auth.database.query(`update registrations set created_at = now() - interval '8 days' where email = $1`, [
      email,
    ]);
    await auth.service.app.get(Upkeep, { strict: false }).run();
    expect(await stored(id)).toBeUndefined();
    expect(await auth.database.query('select 1 from registrations where email = $1', [email])).toEqual([]);
    expect(await auth.database.query('select 1 from verifications where email = $1', [email])).toEqual([]);
  });
});
