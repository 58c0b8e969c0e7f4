import { Secret, TOTP } from 'otpauth';
import type { Answer } from '../sending/client';
import {
  AccountUnderAttack,
  PASSWORD,
  Refusals,
  type SequenceTarget,
  type Somebody,
  tokenIn,
  verificationIn,
} from './account-under-attack';

const VERIFY = '/api/v3/auth/email/verify';
const STEP_MS = 30_000;

/** A login that waits for its second factor is none, and a code is good once. */
export async function attackSecondFactors(attacked: SequenceTarget): Promise<void> {
  const account = await AccountUnderAttack.create(attacked);
  const user = await account.user('owner');
  const token = await account.token(user);
  const { code, recoveryCodes } = await setUp(account, token);
  await halfOpen(account, user);
  await byReset(account, user);
  await repeated(account, user, { code, recoveryCodes });
}

async function setUp(account: AccountUnderAttack, token: string) {
  const begun = await account.post('/api/user/factors/totp', { current_password: PASSWORD }, token);
  const secret = /"secret":"([A-Z2-7]+)"/.exec(begun.text)?.[1] ?? '';
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = (steps: number): string => totp.generate({ timestamp: Date.now() + steps * STEP_MS });
  const confirmed = await account.post('/api/user/factors/totp/confirm', { code: code(0) }, token);
  const recoveryCodes = confirmed.text.match(/\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b/g) ?? [];
  return { code, recoveryCodes };
}

const letsIn = ({ text }: Answer): boolean => tokenIn(text) !== undefined;

/** What else can be done with the verification of a login. */
async function halfOpen(account: AccountUnderAttack, user: Somebody): Promise<void> {
  const login = await account.login(user);
  const verification_token = verificationIn(login.text);
  const refusals = new Refusals();
  refusals.expect('the password alone', login.status === 202 && !letsIn(login));
  for (const target of ['/api/user', '/api/user/factors', '/api/orders', '/api/user/sessions']) {
    const { status } = await account.send('GET', target, { token: verification_token });
    refusals.expect(`${target} with the verification as a token`, status === 401);
  }
  const more = { first_name: 'A', last_name: 'B', country_id: 1, email: user.email };
  const others: [string, object][] = [
    ['/api/v3/auth/refresh', {}],
    ['/api/v3/auth/email/resend-verification', {}],
    ['/api/v3/auth/password/reset/resend', {}],
    ['/api/v3/auth/password/reset/verify', { verification_code: '000000' }],
    ['/api/v3/auth/password/reset/verify', { verification_code: '0000', password: 'Another-2027-river' }],
    ['/api/v3/auth/register', { ...more, password: PASSWORD }],
    [VERIFY, { verification_code: '0000' }],
  ];
  for (const [target, body] of others) {
    refusals.expect(target, !letsIn(await account.post(target, { ...body, verification_token })));
  }
  refusals.conclude('a login that waits for a second factor opens nothing', account.attacked.tally);
}

/** Who reads the mails has one factor. */
async function byReset(account: AccountUnderAttack, user: Somebody): Promise<void> {
  const begun = await account.post('/api/v3/auth/password/reset', { email: user.email });
  const verification_code = await account.codeFor(user);
  const proof = { verification_token: verificationIn(begun.text), verification_code };
  const answer = await account.post('/api/v3/auth/password/reset/verify', proof);
  const figures = `${answer.status}, ${letsIn(answer) ? 'a token' : 'no token'}`;
  const holds = answer.status === 202 && !letsIn(answer);
  account.attacked.tally.checked('a reset does not replace the second factor', holds, figures);
}

async function repeated(
  account: AccountUnderAttack,
  user: Somebody,
  { code, recoveryCodes }: Awaited<ReturnType<typeof setUp>>,
): Promise<void> {
  const enter = async (verification_code: string): Promise<boolean> => {
    const verification_token = verificationIn((await account.login(user)).text);
    return letsIn(await account.post(VERIFY, { verification_token, verification_code }));
  };
  const [recovery = ''] = recoveryCodes;
  const refusals = new Refusals();
  const first = await enter(recovery);
  refusals.expect('a recovery code once more', !(await enter(recovery)));
  const next = code(1);
  const second = await enter(next);
  refusals.expect('a code of the app once more', !(await enter(next)));
  refusals.expect('an earlier code of the app', !(await enter(code(-1))));
  const verification_token = verificationIn((await account.login(user)).text);
  const twice = await Promise.all(
    [0, 1].map(() => account.post(VERIFY, { verification_token, verification_code: recoveryCodes[1] ?? '' })),
  );
  refusals.expect('a recovery code at two gateways at once', twice.filter(letsIn).length <= 1);
  refusals.expect('a code that was not used (control)', first && second);
  refusals.conclude('a code of a second factor is good once', account.attacked.tally);
}
