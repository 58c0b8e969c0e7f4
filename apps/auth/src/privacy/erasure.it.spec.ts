import { accounts, apiKeys, invitations, members, personalDataExports, users } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, type Person } from '../fixture/auth-under-test';
import { Upkeep } from '../upkeep/upkeep';
import { Deletions } from './deletions.repository';
import { DeletionSweep } from './deletion-sweep';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0';
const TEXT_COLUMNS = `
  select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
    and a.atttypid::regtype::text in ('text', 'character varying', 'json', 'jsonb', 'text[]')
  order by 1, 2`;

describe('erasure', () => {
  let auth: AuthUnderTest;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });
  afterAll(() => auth?.stop());

  /** Columns of whatever table that hold any of the words. */
  const columnsWith = async (words: readonly string[]): Promise<string[]> => {
    const columns = await auth.database.query<{ table: string; column: string }>(TEXT_COLUMNS);
    const found: string[] = [];
    for (const { table, column } of columns) {
      const rows = await auth.database.query(`select 1 from "${table}" where ${column}::text ~* $1 limit 1`, [
        words.join('|'),
      ]);
      if (rows.length > 0) found.push(`${table}.${column}`);
    }
    return found;
  };

  /** Somebody who was invited, has used everything, and has asked to be deleted. */
  const somebody = async (owner: Person, email: string): Promise<Person> => {
    const member = await auth.member(owner, 'admin', email);
    const { caller, user } = member;
    const change = { first_name: 'Zuleikha', last_name: 'Benmoussa', contact_number: '+213550121212' } as const;
    await auth.bus.call(users.update, change, caller);
    const device = { device_imei: 'zuleikha-phone', device_token: 'push-zuleikha' };
    const place = asStranger({ ip: '203.0.113.99', userAgent: FIREFOX });
    await auth.bus.call(accounts.login, { email, password: PASSWORD, ...device }, asStranger());
    await auth.bus.call(accounts.login, { email, password: PASSWORD }, place);
    await auth.bus.call(accounts.resetPassword, { email }, asStranger());
    await auth.bus.call(apiKeys.create, { name: "Zuleikha's key" }, caller);
    await auth.bus.call(members.invite, { email: address(), role: 'viewer' }, caller);
    await auth.bus.call(personalDataExports.start, {}, caller);
    const passkey = `
      insert into passkeys (user_id, credential_id, public_key, counter, name, transports, backed_up)
      values ($1, $2, '', 0, 'Laptop of Zuleikha', '{}', false)`;
    await auth.database.query(passkey, [user.id, `credential ${user.id}`]);
    return member;
  };

  const erase = async ({ user }: Person): Promise<void> => {
    const table = auth.service.app.get(Deletions, { strict: false });
    await table.add(user.id, 0, Buffer.from(`token ${user.id}`));
    expect(await auth.service.app.get(DeletionSweep, { strict: false }).run()).toBe(1);
  };

  it('leaves nothing of the person in any column of the database', async () => {
    const [owner, elsewhere] = [await auth.owner(), await auth.owner()];
    const email = address();
    // Declined long ago: the invitation is deleted, its audit entry is not.
    await auth.bus.call(members.invite, { email, role: 'viewer' }, elsewhere.caller);
    const invitation_token = await auth.invitationTo(email);
    await auth.bus.call(invitations.declineByToken, { invitation_token }, asStranger());
    await auth.database.query(`update invitations set created_at = now() - interval '31 days' where email = $1`, [
      email,
    ]);
    await auth.service.app.get(Upkeep, { strict: false }).run();
    const person = await somebody(owner, email);
    const words = [email, 'Zuleikha', 'Benmoussa', '213550121212', '203[.]0[.]113[.]99'];
    const before = await columnsWith(words);
    expect(before).toEqual(
      expect.arrayContaining([
        'api_keys.name',
        'audit_personal.after',
        'devices.push_token',
        'emails.recipient',
        'invitations.email',
        'login_sessions.address',
        'passkeys.name',
        'users.contact_number',
        'users.email',
        'users.first_name',
        'verifications.email',
      ]),
    );
    expect(before.filter((column) => column.startsWith('audit_log'))).toEqual([]);
    await erase(person);
    expect(await columnsWith(words)).toEqual([]);
    expect(await columnsWith([owner.user.email])).toContain('users.email');
  });

  it('ends the person’s exports and audits what it withdraws', async () => {
    const owner = await auth.owner();
    const person = await somebody(owner, address());
    await erase(person);
    const exported = 'select status, requested_by from export_requests where account_id = $1';
    const accountId = owner.caller.identity?.accountId;
    expect(await auth.database.query(exported, [accountId])).toEqual([{ status: 'cancelled', requested_by: [] }]);
    const withdrawn = `select before from audit_log where account_id = $1 and action = 'members.delete'`;
    expect(await auth.database.query(withdrawn, [accountId])).toMatchObject([
      { before: { status: 'invited', invited_by: person.user.id } },
    ]);
  });
});
