import { accounts, members } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD } from '../fixture/auth-under-test';

describe('e-mails to one recipient', () => {
  let auth: AuthUnderTest;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  const states = async (email: string) => (await auth.emailsTo(email)).map(({ state }) => state).reverse();
  const age = (email: string, by: string) =>
    auth.database.query('update emails set created_at = created_at - $2::interval where recipient = $1', [email, by]);

  it('have a limit an hour and one a day, whoever causes them', async () => {
    const email = address();
    const invite = async () => {
      const { caller } = await auth.owner();
      await auth.bus.call(members.invite, { email, role: 'viewer' }, caller);
    };
    for (let times = 0; times < 6; times += 1) await invite();
    expect(await states(email)).toEqual([...Array<string>(5).fill('waiting'), 'mute']);
    await age(email, '61 minutes');
    for (let times = 0; times < 6; times += 1) await invite();
    expect((await states(email)).filter((state) => state === 'waiting')).toHaveLength(10);
    await age(email, '61 minutes');
    await invite();
    expect((await states(email)).at(-1)).toBe('mute');
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
    for (let n = 0; n < 13; n += 1) strangers.push(await reset(`203.0.${n}.1`));
    // The code of the registration counts as well.
    expect(strangers).toEqual([...Array<string>(11).fill('waiting'), 'mute', 'mute']);
    expect(await reset('198.51.100.9')).toBe('waiting');
    expect(await reset('203.0.100.1')).toBe('mute');
  });

  it('that are codes of one registrant leave others a code, until many networks register the address', async () => {
    const email = address();
    const register = async (ip: string) => {
      const input = { email, password: 'a long and quiet river', first_name: 'A', last_name: 'B', country_id: 1 };
      await auth.bus.call(accounts.register, input, asStranger({ ip }));
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
    const input = { email, password: 'a long and quiet river', first_name: 'A', last_name: 'B', country_id: 1 };
    await auth.bus.call(accounts.register, input, asStranger());
    expect((await auth.emailsTo(email))[0]).toMatchObject({ template: 'verify-email', state: 'waiting' });
  });
});
