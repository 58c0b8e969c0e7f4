import { randomBytes } from 'node:crypto';
import { accounts, type ResealedSecrets, secondFactors, secretsOf } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { asStranger } from '@open-cpo/testing';
import { AuthConfig } from '../config';
import { AuthUnderTest, PASSWORD, type Person, refusalOf } from '../fixture/auth-under-test';
import { Authenticator } from '../fixture/authenticator';
import { Secrets } from '../secrets/secrets';

const [now, before, lost] = [1, 2, 3].map(() => randomBytes(32).toString('base64')) as [string, string, string];
const secretsBy = (secretsKey: string): Secrets => new Secrets(Object.assign(new AuthConfig(), { secretsKey }));
/** More than a part. */
const EMAILS = 450;

describe('what is sealed with a key that was replaced', () => {
  let auth: AuthUnderTest;

  beforeAll(async () => {
    auth = await AuthUnderTest.start({ SECRETS_KEY: now, SECRETS_KEY_BEFORE: before });
  });

  afterAll(() => auth?.stop());

  const sealWith = (key: string, { user }: Person, { secret }: Authenticator) =>
    auth.database.query('update totp_factors set secret = $2 where user_id = $1', [
      user.id,
      secretsBy(key).seal('totp', secret),
    ]);
  const reseal = (after?: string | null) =>
    auth.bus.call(secretsOf('auth').reseal, { after, by: 'sam' }, internalCaller());
  const all = async (): Promise<Record<string, Omit<ResealedSecrets, 'column' | 'next'>>> => {
    const totals: Record<string, { rows: number; resealed: number; unreadable: number }> = {};
    for (let after: string | null | undefined; after !== null;) {
      const part = await reseal(after);
      const one = (totals[part.column] ??= { rows: 0, resealed: 0, unreadable: 0 });
      one.rows += part.rows;
      one.resealed += part.resealed;
      one.unreadable += part.unreadable;
      after = part.next;
    }
    return totals;
  };
  const login = async ({ user }: Person, verification_code: string) => {
    const { verification } = await auth.bus.call(
      accounts.login,
      { email: user.email, password: PASSWORD },
      asStranger(),
    );
    const verification_token = verification?.verification_token ?? '';
    return auth.bus.call(accounts.verifyEmail, { verification_token, verification_code }, asStranger());
  };

  it('is sealed with the current one by an operator, part by part, once', async () => {
    const [current, old, gone] = [await auth.owner(), await auth.owner(), await auth.owner()];
    await Authenticator.setUp(auth, current);
    const { app } = await Authenticator.setUp(auth, old);
    await sealWith(before, old, app);
    await sealWith(lost, gone, (await Authenticator.setUp(auth, gone)).app);
    await auth.database.query(
      `insert into emails (recipient, template, params, language, state, dedupe_key, expires_at)
       select 'somebody@example.com', 'verify-email', $1, 'en', 'sent', gen_random_uuid(), now() + interval '1 day'
       from generate_series(1, ${EMAILS})`,
      [secretsBy(before).seal('emails', '{}')],
    );
    const first = await all();
    expect(first).toMatchObject({
      'totp_factors.secret': { rows: 3, resealed: 1, unreadable: 1 },
      'emails.params': { resealed: EMAILS, unreadable: 0 },
      'signing_keys.sealed': { rows: 1, resealed: 0, unreadable: 0 },
    });
    const [stored] = await auth.database.query<{ secret: Buffer }>(
      'select secret from totp_factors where user_id = $1',
      [old.user.id],
    );
    expect(secretsBy(now).unseal('totp', stored?.secret ?? Buffer.alloc(0))).toBe(app.secret);
    expect(await login(old, await app.code())).toHaveProperty('access_token');
    const again = Object.values(await all());
    expect(again.map(({ resealed }) => resealed)).toEqual([0, 0, 0]);
    const audit = `select subject_id, after from audit_log where action = 'secrets.reseal' order by id`;
    expect((await auth.database.query<{ subject_id: string }>(audit)).map(({ subject_id }) => subject_id)).toEqual([
      'totp_factors.secret',
      ...['emails.params', 'emails.params', 'emails.params'],
    ]);
  });

  it.each(['nonsense', '99:', '0:abc', '0:2147483648', '0:x; drop table users'])(
    'is looked for from no place that is none: %s',
    async (after) => {
      expect((await refusalOf(reseal(after))).kind).toBe('invalid');
    },
  );

  it('and lost is refused clearly, costs no guess, and leaves the recovery codes', async () => {
    const person = await auth.owner();
    const { app, recoveryCodes } = await Authenticator.setUp(auth, person);
    const [first = '', second = '', third = ''] = recoveryCodes;
    await sealWith(lost, person, app);
    for (let n = 0; n < 12; n += 1) {
      expect((await refusalOf(login(person, '123456'))).code).toBe('authenticator_unreadable');
    }
    expect(await login(person, first)).toHaveProperty('access_token');
    const remove = (second_factor_code: string) =>
      auth.bus.call(secondFactors.removeTotp, { current_password: PASSWORD, second_factor_code }, person.caller);
    expect((await refusalOf(remove('123456'))).code).toBe('authenticator_unreadable');
    await remove(second);
    await Authenticator.setUp(auth, person);
    await expect(remove(third)).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
