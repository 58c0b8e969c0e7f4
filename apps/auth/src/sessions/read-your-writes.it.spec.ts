import { accounts, type AuthUser, invitations, members, userSessions } from '@open-cpo/contracts';
import { Metrics } from '@open-cpo/platform';
import { asStranger, Standby, until } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, type Person } from '../fixture/auth-under-test';

const REPLICA_READS = /reads_total\{server="replica",reason=""\} (\d+)/;

/** The replica stands still: what it answers is from before the writes. */
describe('reads after writes without a token, beside a replica that is behind', () => {
  let standby: Standby;
  let auth: AuthUnderTest;
  beforeAll(async () => {
    standby = await Standby.started();
    auth = await AuthUnderTest.start({ DATABASE_READ_HOST: standby.host, DATABASE_READ_MAX_LAG: '60' });
  });
  afterAll(async () => {
    await auth?.stop();
    await standby?.remove();
  });
  beforeEach(() => standby.resume());

  const replicaReads = async (): Promise<number> =>
    Number(REPLICA_READS.exec(await auth.service.app.get(Metrics).text())?.[1]);
  const sessionsOf = ({ caller }: Person) => auth.bus.call(userSessions.all, {}, caller);

  /** Until the replica answers the owner's reads; then it stands still. */
  async function behind(owner: Person): Promise<void> {
    await until(async () => {
      const before = await replicaReads();
      const all = await sessionsOf(owner);
      return all.length === 1 && (await replicaReads()) > before;
    }, 'the replica answers');
    await standby.pause();
  }

  it('show the session of a login, also to an earlier one', async () => {
    const owner = await auth.owner();
    await behind(owner);
    const { user } = await auth.bus.call(accounts.login, { email: owner.user.email, password: PASSWORD }, asStranger());
    const again = await auth.person(user as AuthUser);
    expect(await sessionsOf(again)).toEqual([
      expect.objectContaining({ current: true }),
      expect.objectContaining({ current: false }),
    ]);
    expect(await sessionsOf(owner)).toHaveLength(2);
  });

  it('do not show the sessions that a password reset has ended', async () => {
    const owner = await auth.owner();
    const { email } = owner.user;
    const { verification_token } = await auth.bus.call(accounts.resetPassword, { email }, asStranger());
    const reset = { verification_token, verification_code: await auth.codeFor(email), password: 'quite another one' };
    await behind(owner);
    const user = (await auth.bus.call(accounts.verifyReset, reset, asStranger())) as AuthUser;
    expect(await sessionsOf(await auth.person(user))).toEqual([expect.objectContaining({ current: true })]);
  });

  it('show a member who has joined by the link of an invitation', async () => {
    const owner = await auth.owner();
    const email = address();
    await auth.bus.call(members.invite, { email, role: 'admin' }, owner.caller);
    const token = { invitation_token: await auth.invitationTo(email), password: PASSWORD };
    await behind(owner);
    await auth.bus.call(invitations.acceptByToken, token, asStranger());
    const all = await auth.bus.call(members.all, {}, owner.caller);
    expect(all).toContainEqual(expect.objectContaining({ email, status: 'active' }));
  });
});
