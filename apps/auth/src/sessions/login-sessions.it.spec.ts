import { accounts, authOperators, type Caller, members, userSessions, users } from '@open-cpo/contracts';
import { asStranger, asUser } from '@open-cpo/testing';
import { address, AuthUnderTest, claimsOf, PASSWORD, type Person, refusalOf } from '../fixture/auth-under-test';
import { IdleSessions } from './idle-sessions';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0';

describe('a session', () => {
  let auth: AuthUnderTest;
  const login = async (email: string, from: object = {}, password = PASSWORD): Promise<Person> => {
    const { user } = await auth.bus.call(accounts.login, { email, password }, asStranger(from));
    if (!user) throw new Error('not logged in');
    return auth.person(user);
  };
  const refresh = (caller: Caller) => auth.bus.call(accounts.refresh, {}, caller);
  /** The same person with the token that a refresh gave. */
  const withToken = ({ caller }: Person, token: string): Caller =>
    asUser({ ...caller.identity, sessionId: claimsOf(token).jti });
  const live = async (userId: number) =>
    auth.database.query<{ id: string }>(
      `select id from sessions where user_id = $1 and ended_at is null and expires_at > now()`,
      [userId],
    );
  const change = (caller: Caller, password: string, old = PASSWORD) =>
    auth.bus.call(users.changePassword, { old_password: old, password }, caller);

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  describe('that is renewed without pause', () => {
    const chain = async (person: Person, until: { stop: boolean }): Promise<void> => {
      let caller = person.caller;
      while (!until.stop) {
        const fresh = await refresh(caller).catch(() => undefined);
        if (!fresh) return;
        caller = withToken(person, fresh.access_token);
      }
    };
    const raced = async (end: (owner: Person) => Promise<unknown>): Promise<Person> => {
      const owner = await auth.owner();
      const until = { stop: false };
      const chains = (await Promise.all([1, 2, 3].map(() => login(owner.user.email)))).map((one) => chain(one, until));
      await Promise.all(Array.from({ length: 5 }, () => auth.database.query('select pg_sleep(0.01)')));
      await end(owner);
      until.stop = true;
      await Promise.all(chains);
      return owner;
    };

    it('does not outlive a change of the password, which only its own token does', async () => {
      for (let round = 0; round < 4; round += 1) {
        const owner = await raced((one) => change(one.caller, `a password of round ${round}`));
        expect(await live(owner.user.id)).toEqual([{ id: owner.jti }]);
      }
    });

    it('does not outlive the end of all other sessions', async () => {
      const owner = await raced((one) => auth.bus.call(userSessions.endOthers, {}, one.caller));
      expect(await live(owner.user.id)).toEqual([{ id: owner.jti }]);
    });

    it('does not outlive a lock of the account', async () => {
      const owner = await raced(({ caller }) =>
        auth.bus.call(
          authOperators.lockAccount,
          { accountId: caller.identity?.accountId ?? 0, reason: 'test', by: 'test' },
          asStranger(),
        ),
      );
      expect(await live(owner.user.id)).toEqual([]);
    });

    it('does not outlive a reset with a new password', async () => {
      const owner = await raced(async ({ user: { email } }) => {
        const { verification_token } = await auth.bus.call(accounts.resetPassword, { email }, asStranger());
        const code = { verification_token, verification_code: await auth.codeFor(email) };
        return auth.bus.call(accounts.verifyReset, { ...code, password: 'quite another one' }, asStranger());
      });
      expect(await live(owner.user.id)).toHaveLength(1);
      expect((await login(owner.user.email, {}, 'quite another one')).user.id).toBe(owner.user.id);
    });
  });

  it('is not begun by a login whose password was right before the account was locked', async () => {
    const { user, caller } = await auth.owner();
    const accountId = caller.identity?.accountId ?? 0;
    const logins = Array.from({ length: 6 }, () => login(user.email));
    await auth.bus.call(authOperators.lockAccount, { accountId, reason: 'test', by: 'test' }, asStranger());
    await Promise.allSettled(logins);
    expect(await live(user.id)).toEqual([]);
  });

  it('ends when a token comes again that was replaced longer ago than the grace period', async () => {
    const owner = await auth.owner();
    const fresh = await refresh(owner.caller);
    expect(claimsOf((await refresh(owner.caller)).access_token).jti).toBe(claimsOf(fresh.access_token).jti);
    await auth.database.query(`update sessions set replaced_at = now() - interval '11 seconds' where id = $1`, [
      owner.jti,
    ]);
    expect((await refusalOf(refresh(owner.caller))).code).toBe('unauthenticated');
    expect(await live(owner.user.id)).toEqual([]);
    expect((await refusalOf(refresh(withToken(owner, fresh.access_token)))).code).toBe('unauthenticated');
    const audit = `select account_id from audit_entries where action = 'sessions.replayed' and user_id = $1`;
    expect(await auth.database.query(audit, [owner.user.id])).toEqual([
      { account_id: owner.caller.identity?.accountId },
    ]);
  });

  it('is not ended by a token that was logged out and comes again', async () => {
    const owner = await auth.owner();
    const other = await login(owner.user.email);
    await auth.bus.call(accounts.logout, {}, owner.caller);
    expect((await refusalOf(refresh(owner.caller))).code).toBe('unauthenticated');
    expect(await refresh(other.caller)).toHaveProperty('access_token');
  });

  it('has an absolute end, beyond which no token reaches', async () => {
    const owner = await auth.owner();
    await auth.database.query(`update login_sessions set ends_at = now() + interval '1 hour' where user_id = $1`, [
      owner.user.id,
    ]);
    const { access_token, expires_in } = await refresh(owner.caller);
    expect(expires_in).toBeLessThanOrEqual(3600);
    await auth.database.query(`update login_sessions set ends_at = now() where user_id = $1`, [owner.user.id]);
    expect((await refusalOf(refresh(withToken(owner, access_token)))).code).toBe('unauthenticated');
  });

  it('ends when nobody uses it', async () => {
    const [idle, used] = [await auth.owner(), await auth.owner()];
    const earlier = `update login_sessions set last_used_at = now() - interval '31 days' where user_id = $1`;
    await auth.database.query(earlier, [idle.user.id]);
    expect((await refusalOf(refresh(idle.caller))).code).toBe('unauthenticated');
    await auth.service.app.get(IdleSessions, { strict: false }).run();
    expect(await live(idle.user.id)).toEqual([]);
    expect(await live(used.user.id)).toHaveLength(1);
  });

  it('goes on for tokens that an earlier version issued', async () => {
    const owner = await auth.owner();
    await auth.database.query('update sessions set login_session_id = null where user_id = $1', [owner.user.id]);
    await auth.database.query('delete from login_sessions where user_id = $1', [owner.user.id]);
    const { access_token } = await refresh(owner.caller);
    const mine = await auth.bus.call(userSessions.all, {}, withToken(owner, access_token));
    expect(mine).toMatchObject([{ device: 'Unknown device', current: true }]);
  });

  describe('in the list', () => {
    const list = (caller: Caller) => auth.bus.call(userSessions.all, {}, caller);

    it('shows device, address and last use, to its user alone', async () => {
      const owner = await auth.owner();
      const other = await login(owner.user.email, { ip: '192.0.2.7', userAgent: FIREFOX });
      const stranger = await auth.owner();
      const [latest, first, ...more] = await list(other.caller);
      expect(latest).toEqual({
        id: expect.any(Number),
        device: 'Firefox on Windows',
        address: '192.0.2.7',
        method: 'password',
        current: true,
        created_at: expect.stringMatching(/Z$/),
        last_used_at: expect.stringMatching(/Z$/),
        expires_at: expect.stringMatching(/Z$/),
      });
      expect(first).toMatchObject({ device: 'Unknown device', method: 'registration', current: false });
      expect(more).toEqual([]);
      expect((await list(stranger.caller)).map(({ id }) => id)).not.toContain(latest?.id);
    });

    it('is ended by its id, by its user alone', async () => {
      const owner = await auth.owner();
      const other = await login(owner.user.email);
      const id = (await list(owner.caller)).find(({ current }) => !current)?.id ?? 0;
      const stranger = await auth.owner();
      expect((await refusalOf(auth.bus.call(userSessions.end, { id }, stranger.caller))).code).toBe('not_found');
      await auth.bus.call(userSessions.end, { id }, owner.caller);
      expect(await live(owner.user.id)).toEqual([{ id: owner.jti }]);
      expect((await refusalOf(refresh(other.caller))).code).toBe('unauthenticated');
      expect((await refusalOf(auth.bus.call(userSessions.end, { id }, owner.caller))).code).toBe('not_found');
    });
  });

  it('of a removed member ends with the membership', async () => {
    const owner = await auth.owner();
    const email = address();
    await auth.bus.call(members.invite, { email, role: 'manager' }, owner.caller);
    const [member] = await auth.database.query<{ id: number }>(
      `insert into users (account_id, email, role, status, password_hash)
       select account_id, $2, 'manager', 'active', password_hash from users where id = $1 returning id`,
      [owner.user.id, `m-${email}`],
    );
    const racing = Array.from({ length: 4 }, () => login(`m-${email}`));
    await auth.bus.call(members.remove, { id: member?.id ?? 0 }, owner.caller);
    await Promise.allSettled(racing);
    expect(await live(member?.id ?? 0)).toEqual([]);
  });
});
