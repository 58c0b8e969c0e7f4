import { apiKeyRevoked, apiKeys, authOperators, members, sessions } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { AuthUnderTest, type Person } from '../fixture/auth-under-test';
import { ReceivedEvents } from '../fixture/received-events';

describe('API keys', () => {
  let auth: AuthUnderTest;
  let owner: Person;
  let rival: Person;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    [owner, rival] = [await auth.owner(), await auth.owner()];
  });

  afterAll(() => auth?.stop());

  const create = (name: string, { caller } = owner) => auth.bus.call(apiKeys.create, { name }, caller);
  const all = ({ caller } = owner) => auth.bus.call(apiKeys.all, {}, caller);
  const remove = (id: number, { caller } = owner) => auth.bus.call(apiKeys.remove, { id }, caller);
  const check = (key: string) => auth.bus.call(sessions.apiKey, { key }, internalCaller());
  const row = async (id: number) =>
    (await auth.database.query<Record<string, unknown>>('select * from api_keys where id = $1', [id]))[0];
  const accountId = () => owner.caller.identity?.accountId;

  it('are made with a secret that is shown this once', async () => {
    const { key, ...listed } = await create('Accounting');
    expect(key).toMatch(new RegExp(`^${listed.id}\\|[A-Za-z0-9_-]{40}$`));
    expect(await all()).toContainEqual(listed);
    expect(listed).toMatchObject({ name: 'Accounting', last_used_at: null });
    expect(JSON.stringify(await all())).not.toContain(key.split('|')[1]);
  });

  it('keep their secret nowhere: not in their row, not in the audit log, not in the stored answer', async () => {
    const caller = { ...owner.caller, idempotencyKey: 'once' };
    const { id, key } = await auth.bus.call(apiKeys.create, { name: 'Hidden' }, caller);
    const secret = key.split('|')[1] ?? '';
    const audited = await auth.database.query(
      "select * from audit_entries where subject = 'api-key' and subject_id = $1",
      [String(id)],
    );
    expect(audited).toMatchObject([{ action: 'api-keys.create', account_id: accountId(), after: { name: 'Hidden' } }]);
    const stored = await auth.database.query<{ answer: Buffer }>('select answer from idempotency_keys');
    const everything = JSON.stringify([await row(id), audited]) + stored.map(({ answer }) => answer.toString()).join();
    expect(everything).not.toContain(secret);
    expect(await auth.bus.call(apiKeys.create, { name: 'Hidden' }, caller)).toMatchObject({ id, key });
  });

  it('are listed newest first', async () => {
    await create('Older');
    await create('Newer');
    expect((await all()).slice(0, 2).map(({ name }) => name)).toEqual(['Newer', 'Older']);
  });

  it('tell whose they are', async () => {
    const { id, key } = await create('Used');
    expect(await check(key)).toEqual({
      keyId: id,
      accountId: accountId(),
      createdBy: owner.user.id,
      scope: null,
      expiresAt: null,
    });
  });

  it('are refused when unknown, malformed or with another secret', async () => {
    const { key } = await create('Real');
    const other = key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const wrong of [other, `999999${key.slice(key.indexOf('|'))}`, 'nonsense', '1|', `${key} x`]) {
      await expect(check(wrong)).rejects.toMatchObject({ code: 'api_key_invalid' });
    }
  });

  it('note their use, at most once a minute', async () => {
    const { id, key } = await create('Noted');
    await Promise.all([check(key), check(key), check(key)]);
    const first = (await row(id))?.last_used_at;
    expect(first).toBeInstanceOf(Date);
    await check(key);
    expect((await row(id))?.last_used_at).toEqual(first);
    await auth.database.query(`update api_keys set last_used_at = now() - interval '2 minutes' where id = $1`, [id]);
    await check(key);
    const { last_used_at } = (await all()).find((one) => one.id === id) ?? {};
    expect(Date.parse(last_used_at ?? '')).toBeGreaterThanOrEqual((first as Date).getTime());
  });

  it('stop working when they are revoked, and every gateway has heard of it before the answer', async () => {
    const received = await ReceivedEvents.to(auth.broker, apiKeyRevoked);
    const { id, key } = await create('Leaked');
    await check(key);
    await remove(id);
    expect(await received.soFar()).toContainEqual({ keyId: id });
    await expect(check(key)).rejects.toMatchObject({ code: 'api_key_invalid' });
    expect((await all()).some((one) => one.id === id)).toBe(false);
    await expect(remove(id)).rejects.toMatchObject({ code: 'not_found' });
    await received.stop();
  });

  it('of another account are neither seen nor revoked nor counted', async () => {
    const { id, key } = await create('Mine');
    expect(await all(rival)).toEqual([]);
    await expect(remove(id, rival)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(remove(2147483647, rival)).rejects.toMatchObject({ code: 'not_found' });
    expect(await check(key)).toMatchObject({ keyId: id });
    expect(await create('Theirs', rival)).toMatchObject({ name: 'Theirs' });
    expect((await all()).some(({ name }) => name === 'Theirs')).toBe(false);
  });

  it('end with the membership of whoever made them, and rest while the account is locked', async () => {
    const admin = await auth.member(owner, 'admin');
    const { id, key } = await create('Of an admin', admin);
    expect((await all()).find((one) => one.id === id)).toMatchObject({ created_by: admin.user.id });
    const locked = { accountId: accountId() ?? 0, reason: 'chargebacks', by: 'sam@desk-3' };
    await auth.bus.call(authOperators.lockAccount, locked, internalCaller());
    await expect(check(key)).rejects.toMatchObject({ code: 'api_key_invalid' });
    await auth.bus.call(authOperators.unlockAccount, locked, internalCaller());
    await check(key);
    const received = await ReceivedEvents.to(auth.broker, apiKeyRevoked);
    await auth.bus.call(members.remove, { id: admin.user.id }, owner.caller);
    expect(await received.soFar()).toContainEqual({ keyId: id });
    await received.stop();
    await expect(check(key)).rejects.toMatchObject({ code: 'api_key_invalid' });
    expect((await all()).some((one) => one.id === id)).toBe(false);
  });

  it('can end by themselves, and be for less than everything', async () => {
    const make = (more: object) => auth.bus.call(apiKeys.create, { name: 'Limited', ...more }, owner.caller);
    for (const expires_at of ['2020-01-01', '2099-02-30', '2099-02-30T00:00:00Z', '2099-01-01T25:00Z', 'soon'])
      await expect(make({ expires_at })).rejects.toMatchObject({ fields: { expires_at: [expect.any(String)] } });
    for (const scope of [['gold'], [], ''])
      await expect(make({ scope })).rejects.toMatchObject({ fields: { scope: [expect.any(String)] } });
    expect(await make({ scope: null })).toMatchObject({ scope: null });
    const made = await make({ expires_at: '2099-12-31', scope: ['view', 'orders'] });
    expect(made).toMatchObject({ expires_at: '2099-12-31T00:00:00.000000Z', scope: ['view', 'orders'] });
    expect(await check(made.key)).toMatchObject({ scope: ['view', 'orders'], expiresAt: Date.parse('2099-12-31') });
    await auth.database.query('update api_keys set expires_at = now() where id = $1', [made.id]);
    await expect(check(made.key)).rejects.toMatchObject({ code: 'api_key_invalid' });
  });

  it('are told to the owners by mail, made and revoked', async () => {
    const person = await auth.owner();
    const { id } = await create('Told', person);
    await remove(id, person);
    expect((await auth.emailsTo(person.user.email)).slice(0, 2)).toMatchObject([
      { params: { change: 'api-key-revoked', key: String(id) } },
      { params: { change: 'api-key-created', key: String(id), scope: 'all' } },
    ]);
  });

  it('need a name', async () => {
    await expect(create('  ')).rejects.toMatchObject({ fields: { name: ['The name field is required.'] } });
    await expect(create('x'.repeat(256))).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('are at most fifty, however many are asked for at once', async () => {
    const third = await auth.owner();
    await auth.database.query(
      `insert into api_keys (account_id, name, hash, created_by) select $1, 'Key ' || n, '', $2 from generate_series(1, 45) n`,
      [third.caller.identity?.accountId, third.user.id],
    );
    const asked = Array.from({ length: 10 }, (_, index) => create(`Key ${index}`, third));
    const results = await Promise.allSettled(asked);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => (reason as { fields: unknown }).fields)).toEqual(
      Array(5).fill({ name: ['An account can have at most 50 API keys.'] }),
    );
    const [last] = await all(third);
    await remove(last?.id ?? 0, third);
    expect(await create('Room again', third)).toMatchObject({ name: 'Room again' });
  });
});
