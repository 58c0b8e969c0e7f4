import { accounts, type Caller, members } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD } from '../fixture/auth-under-test';

const newcomer = { password: 'a long and quiet river', first_name: 'A', last_name: 'B', country_id: 1 };

describe('e-mails to one recipient', () => {
  let auth: AuthUnderTest;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  const states = async (email: string) => (await auth.emailsTo(email)).map(({ state }) => state).reverse();
  const age = (email: string, by: string) =>
    auth.database.query('update emails set created_at = created_at - $2::interval where recipient = $1', [email, by]);

  it('that are invitations have a limit for each account, which silences no other', async () => {
    const email = address();
    const { caller: hostile } = await auth.owner();
    const invite = async (caller: Caller) => {
      const { id } = await auth.bus.call(members.invite, { email, role: 'viewer' }, caller);
      await auth.bus.call(members.remove, { id }, caller);
    };
    for (let times = 0; times < 8; times += 1) await invite(hostile);
    expect(await states(email)).toEqual([...Array<string>(5).fill('waiting'), ...Array<string>(3).fill('mute')]);
    const { caller: good } = await auth.owner();
    await invite(good);
    expect((await states(email)).at(-1)).toBe('waiting');
    await age(email, '61 minutes');
    await auth.database.query(
      `update invitations set created_at = created_at - interval '61 minutes' where email = $1`,
      [email],
    );
    for (let times = 0; times < 3; times += 1) await invite(hostile);
    expect((await states(email)).at(-1)).toBe('mute');
  });

  it('that are notices of a taken address use up none of the invitations', async () => {
    const { user } = await auth.owner();
    const input = { ...newcomer, email: user.email };
    for (let n = 0; n < 7; n += 1) await auth.bus.call(accounts.register, input, asStranger({ ip: `203.0.${n}.1` }));
    const { caller } = await auth.owner();
    await auth.bus.call(members.invite, { email: user.email, role: 'viewer' }, caller);
    expect((await auth.emailsTo(user.email))[0]).toMatchObject({ template: 'invitation', state: 'waiting' });
  });

  it('that are codes for strangers leave the owner theirs on a network that they have used', async () => {
    const { user } = await auth.owner();
    const { email } = user;
    await auth.bus.call(accounts.login, { email, password: PASSWORD }, asStranger({ ip: '198.51.100.7' }));
    const reset = async (ip: string) => {
      await auth.bus.call(accounts.resetPassword, { email }, asStranger({ ip }));
      return (await auth.emailsTo(email))[0]?.state;
    };
    const strangers = [];
    for (let n = 0; n < 31; n += 1) strangers.push(await reset(`203.0.${n}.1`));
    // The code of the registration counts as well.
    expect(strangers).toEqual([...Array<string>(29).fill('waiting'), 'mute', 'mute']);
    expect(await reset('198.51.100.9')).toBe('waiting');
    expect(await reset('203.0.100.1')).toBe('mute');
    // Not even very many of them shut out the owner on a new network.
    await age(email, '6 minutes');
    expect(await reset('203.0.101.1')).toBe('waiting');
    expect(await reset('203.0.102.1')).toBe('mute');
    await age(email, '6 minutes');
    expect(await reset('203.0.102.1')).toBe('waiting');
  });

  it('that are codes of one registrant leave others a code', async () => {
    const email = address();
    const register = async (ip: string) => {
      await auth.bus.call(accounts.register, { ...newcomer, email }, asStranger({ ip }));
      return (await auth.emailsTo(email))[0]?.state;
    };
    const states = [];
    for (let n = 0; n < 20; n += 1) states.push(await register('203.0.113.1'));
    expect(states).toEqual([...Array<string>(6).fill('waiting'), ...Array<string>(14).fill('mute')]);
    for (let n = 0; n < 20; n += 1) states.push(await register('203.0.114.1'));
    expect(states.slice(20)).toEqual([...Array<string>(2).fill('waiting'), ...Array<string>(18).fill('mute')]);
    expect(await register('198.51.100.7')).toBe('waiting');
    expect(await register('198.51.100.7')).toBe('mute');
    await age(email, '61 minutes');
    await auth.database.query(
      `update verifications set created_at = created_at - interval '61 minutes' where email = $1`,
      [email],
    );
    expect(await register('198.51.100.7')).toBe('waiting');
  });

  it('that are invitations use up none of the codes', async () => {
    const email = address();
    const { caller } = await auth.owner();
    for (let times = 0; times < 6; times += 1) {
      const { id } = await auth.bus.call(members.invite, { email, role: 'viewer' }, caller);
      await auth.bus.call(members.remove, { id }, caller);
    }
    await auth.bus.call(accounts.register, { ...newcomer, email }, asStranger());
    expect((await auth.emailsTo(email))[0]).toMatchObject({ template: 'verify-email', state: 'waiting' });
  });
});
