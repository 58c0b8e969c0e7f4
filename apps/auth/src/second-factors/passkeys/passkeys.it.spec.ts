import { accounts, passkeys, secondFactors, userSessions } from '@open-cpo/contracts';
import { asStranger, type Mischief, SoftAuthenticator } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD, type Person, refusalOf } from '../../fixture/auth-under-test';
import { Authenticator, factorsOf, fieldError } from '../../fixture/authenticator';

const NOT_BELIEVED = fieldError('credential', 'The passkey could not be verified. Begin again.');
const RIGHT = { current_password: PASSWORD };

describe('passkeys', () => {
  let auth: AuthUnderTest;
  const creationOptions = async ({ caller }: Pick<Person, 'caller'>, more: object = {}) =>
    (await auth.bus.call(passkeys.registerOptions, { ...RIGHT, ...more }, caller)).publicKey;
  const register = async (person: Pick<Person, 'caller'>, key: SoftAuthenticator, mischief?: Mischief) => {
    const credential = key.create(await creationOptions(person), mischief);
    return auth.bus.call(passkeys.register, { name: 'Work laptop', credential }, person.caller);
  };
  const requestOptions = async () => (await auth.bus.call(passkeys.loginOptions, {}, asStranger())).publicKey;
  const login = async (key: SoftAuthenticator, mischief?: Mischief) =>
    auth.bus.call(passkeys.login, { credential: key.get(await requestOptions(), mischief) }, asStranger());
  const withKey = async () => {
    const [person, key] = [await auth.owner(), new SoftAuthenticator()];
    const { passkey, recovery_codes } = await register(person, key);
    return { person, key, id: passkey.id, recoveryCodes: recovery_codes ?? [] };
  };

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('are registered with the password, and listed; the first factor comes with recovery codes', async () => {
    const [person, key] = [await auth.owner(), new SoftAuthenticator()];
    const bad = auth.bus.call(passkeys.registerOptions, { current_password: 'some other river' }, person.caller);
    expect(await refusalOf(bad)).toMatchObject(fieldError('current_password', 'The current password is incorrect.'));
    expect(await creationOptions(person)).toMatchObject({
      rp: { name: 'Open CPO', id: 'localhost' },
      user: { name: person.user.email },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ alg, type: 'public-key' })),
    });
    const { passkey, recovery_codes } = await register(person, key);
    expect(recovery_codes).toHaveLength(10);
    expect(passkey).toEqual({
      id: expect.any(Number),
      name: 'Work laptop',
      backed_up: false,
      created_at: expect.any(String),
      last_used_at: null,
    });
    expect(await factorsOf(auth, person.caller)).toMatchObject({ passkeys: [passkey], recovery_codes_left: 10 });
    expect((await auth.emailsTo(person.user.email))[0]).toMatchObject({
      params: { change: 'second-factor-added', factor: 'passkey', detail: 'Work laptop' },
    });
    const audited = await auth.database.query(
      `select after from audit_entries where user_id = $1 and action = 'second-factors.create'`,
      [person.user.id],
    );
    expect(audited).toEqual([{ after: { factor: 'passkey', name: 'Work laptop' } }]);
  });

  it('let in without address and password, as both factors', async () => {
    const { person, key } = await withKey();
    const user = await login(key);
    expect(user).toEqual({ ...person.user, access_token: expect.any(String) });
    const { caller } = await auth.person(user);
    const listed = await auth.bus.call(userSessions.all, {}, caller);
    expect(listed.find(({ current }) => current)).toMatchObject({ method: 'passkey' });
    expect((await factorsOf(auth, caller)).passkeys[0]?.last_used_at).toEqual(expect.any(String));
  });

  it('are asked for by a login with the password', async () => {
    const { person, key, recoveryCodes } = await withKey();
    const { verification } = await auth.bus.call(
      accounts.login,
      { email: person.user.email, password: PASSWORD },
      asStranger(),
    );
    expect(verification).toMatchObject({ require_verification: 1, sent_to: 'passkey' });
    expect(await login(key)).toMatchObject({ id: person.user.id });
    const code = {
      verification_token: verification?.verification_token ?? '',
      verification_code: recoveryCodes[0] ?? '',
    };
    expect(await auth.bus.call(accounts.verifyEmail, code, asStranger())).toMatchObject({ id: person.user.id });
  });

  it.each<[string, Mischief]>([
    ['another page', { origin: 'https://evil.example' }],
    ['another domain', { rpId: 'evil.example' }],
    ['no PIN and no gesture', { unverified: true }],
    ['a challenge of its own', { challenge: 'AAAA' }],
    ['somebody else’s handle', { userHandle: 'AAAA' }],
  ])('are not believed with %s', async (_, mischief) => {
    const { key } = await withKey();
    expect((await refusalOf(login(key, mischief))).code).toBe('credentials_rejected');
    if (mischief.userHandle) return;
    const person = await auth.owner();
    expect(await refusalOf(register(person, new SoftAuthenticator(), mischief))).toMatchObject(NOT_BELIEVED);
  });

  it('are not believed when the counter goes backwards: there is a copy', async () => {
    const { key } = await withKey();
    await login(key, { counter: 50 });
    expect((await refusalOf(login(key, { counter: 50 }))).code).toBe('credentials_rejected');
    expect((await refusalOf(login(key, { counter: 7 }))).code).toBe('credentials_rejected');
    expect(await login(key, { counter: 51 })).toHaveProperty('access_token');
  });

  it('answer a challenge once, also at once, and each for its purpose', async () => {
    const { person, key } = await withKey();
    const options = await requestOptions();
    const answer = (counter: number) =>
      auth.bus.call(passkeys.login, { credential: key.get(options, { counter }) }, asStranger()).then(
        () => 'in',
        () => 'refused',
      );
    expect((await Promise.all([10, 11, 12].map(answer))).filter((one) => one === 'in')).toHaveLength(1);
    expect(await answer(20)).toBe('refused');
    const mixed = { credential: key.get(await creationOptions(await auth.owner()), { counter: 30 }) };
    expect((await refusalOf(auth.bus.call(passkeys.login, mixed, asStranger()))).code).toBe('credentials_rejected');
    const { verification } = await auth.bus.call(
      accounts.login,
      { email: person.user.email, password: PASSWORD },
      asStranger(),
    );
    expect(verification).toBeDefined();
  });

  it('are not registered with a challenge of somebody else, nor twice', async () => {
    const [one, other] = [await auth.owner(), await auth.owner()];
    const credential = new SoftAuthenticator().create(await creationOptions(one));
    const as = ({ caller }: Person) => auth.bus.call(passkeys.register, { credential }, caller);
    expect(await refusalOf(as(other))).toMatchObject(NOT_BELIEVED);
    expect(await as(one)).toMatchObject({ passkey: { name: 'Passkey' } });
    expect(await refusalOf(as(one))).toMatchObject(NOT_BELIEVED);
  });

  it('have challenges that expire', async () => {
    const { key } = await withKey();
    const options = await requestOptions();
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 301_000);
    const refusal = await refusalOf(auth.bus.call(passkeys.login, { credential: key.get(options) }, asStranger()));
    later.mockRestore();
    expect(refusal.code).not.toBe('internal');
    expect(await login(key)).toHaveProperty('access_token');
  });

  it('refuse an unknown one, and nonsense, without a fault', async () => {
    expect((await refusalOf(login(new SoftAuthenticator()))).code).toBe('credentials_rejected');
    const { person, key } = await withKey();
    const credential = key.get(await requestOptions());
    for (const [field, value] of [
      ['clientDataJSON', 'AAAA'],
      ['authenticatorData', 'AAAA'],
      ['signature', 'AAAA'],
    ] as const) {
      const broken = { ...credential, response: { ...credential.response, [field]: value } };
      const call = auth.bus.call(passkeys.login, { credential: broken }, asStranger());
      expect((await refusalOf(call)).code).toBe('credentials_rejected');
    }
    const made = new SoftAuthenticator().create({ challenge: 'AAAA' });
    for (const attestationObject of ['AAAA', 'oWNmbXRkbm9uZQ', '_____w']) {
      const broken = { ...made, response: { ...made.response, attestationObject } };
      const call = auth.bus.call(passkeys.register, { credential: broken }, person.caller);
      expect(await refusalOf(call)).toMatchObject(NOT_BELIEVED);
    }
    const shapeless = { credential: { id: 7, response: 'x' } } as unknown as { credential: typeof credential };
    expect((await refusalOf(auth.bus.call(passkeys.login, shapeless, asStranger()))).code).toBe('validation_failed');
  });

  it('are removed with a recovery code, or after a login by passkey, by their own user alone', async () => {
    const { person, key, id, recoveryCodes } = await withKey();
    const other = await withKey();
    const remove = ({ caller }: Pick<Person, 'caller'>, more: object = {}, of = id) =>
      auth.bus.call(passkeys.remove, { id: of, ...RIGHT, ...more }, caller);
    expect(await refusalOf(remove(person))).toMatchObject(
      fieldError('second_factor_code', 'The second factor code field is required.'),
    );
    const foreign = { second_factor_code: other.recoveryCodes[0] };
    expect((await refusalOf(remove(other.person, foreign))).code).toBe('not_found');
    const second = new SoftAuthenticator();
    const entered = await auth.person(await login(key));
    await register(entered, second);
    await remove(entered);
    expect((await refusalOf(login(key))).code).toBe('credentials_rejected');
    const [left] = (await factorsOf(auth, person.caller)).passkeys;
    await remove(entered, { second_factor_code: recoveryCodes[0] }, left?.id);
    expect(await factorsOf(auth, person.caller)).toMatchObject({ passkeys: [], recovery_codes_left: 0 });
  });

  it('may have signatures of algorithms whose signatures are long, as ML-DSA', async () => {
    const credential = new SoftAuthenticator().get(await requestOptions());
    const response = { ...credential.response, signature: 'A'.repeat(6170) };
    const asked = auth.bus.call(passkeys.login, { credential: { ...credential, response } }, asStranger());
    expect(await refusalOf(asked)).toMatchObject({ code: 'credentials_rejected' });
  });

  it('keep the recovery codes when the authenticator app goes', async () => {
    const { person, recoveryCodes } = await withKey();
    const start = { ...RIGHT, second_factor_code: recoveryCodes[0] };
    expect((await refusalOf(auth.bus.call(secondFactors.startTotp, RIGHT, person.caller))).code).toBe(
      'validation_failed',
    );
    const { secret } = await auth.bus.call(secondFactors.startTotp, start, person.caller);
    const app = Authenticator.of(auth, person, secret);
    await auth.bus.call(secondFactors.confirmTotp, { code: await app.code() }, person.caller);
    await auth.bus.call(secondFactors.removeTotp, { ...RIGHT, second_factor_code: await app.code() }, person.caller);
    expect(await factorsOf(auth, person.caller)).toMatchObject({ totp: false, recovery_codes_left: 10 });
  });
});
