import { SoftAuthenticator, until } from '@open-cpo/testing';
import { Secret, TOTP } from 'otpauth';
import { type Answer, at, codeIn, mailTo, newAddress, PASSWORD, registration } from '../client';
import { invitationIn, ORIGIN, type People } from './person';

const RESET = /code for a new password/;

const login = (people: People, email: string): Promise<Answer> =>
  people.ask('POST', '/api/v3/auth/login', { body: { email, password: PASSWORD } });

/** Registers, logs in too early, has the codes sent once more as soon as they may be, and gets in. */
export async function comingIn(people: People): Promise<void> {
  const early = newAddress();
  await people.ask('POST', '/api/v3/auth/register', { body: registration(early) });
  await login(people, early);
  const { email } = await people.owner();
  const forgotten = await people.ask('POST', '/api/v3/auth/password/reset', { body: { email } });
  const waiting = newAddress();
  const { verification_token } = await people.registered(waiting);
  await sentAgain(people, '/api/v3/auth/email/resend-verification', verification_token);
  const reset = at<string>(forgotten, 'data', 'verification_token');
  await sentAgain(people, '/api/v3/auth/password/reset/resend', reset);
  const body = { verification_token: reset, verification_code: codeIn(await mailTo(email, 1, RESET)) };
  const { token, ask } = await people.keyed(
    email,
    await people.ask('POST', '/api/v3/auth/password/reset/verify', { body }),
  );
  await login(people, email);
  const fresh = await ask('POST', '/api/v3/auth/refresh');
  await people.ask('POST', '/api/v3/auth/logout', { token: at(fresh, 'data', 'access_token'), body: {} });
  await people.try('GET', '/api/user', { token });
}

/** A code is sent again after a minute, and not before. */
const sentAgain = (people: People, path: string, verification_token: string): Promise<Answer> =>
  until(async () => {
    const answer = await people.try('POST', path, { body: { verification_token } });
    if (answer.status === 200) return answer;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return false;
  }, `${path} to take it`);

/** The own user: names, password, sessions, subscription, deletion, data. */
export async function ownUser(people: People): Promise<void> {
  const { email, ask } = await people.owner();
  for (const path of ['', '/permissions', '/roles', '/sessions', '/subscribe', '/unsubscribe', '/factors']) {
    await ask('GET', `/api/user${path}`);
  }
  await ask('PUT', '/api/user', { body: { first_name: 'Amina', contact_number: '+966 97 797 7974', currency: 'EUR' } });
  await ask('PUT', '/api/user/mails', { body: { charger_faults: false } });
  await ask('GET', '/api/user/mails');
  await login(people, email);
  await login(people, email);
  const sessions = at<{ id: number; current: boolean }[]>(await ask('GET', '/api/user/sessions'), 'results');
  await ask('DELETE', `/api/user/sessions/${sessions.find(({ current }) => !current)?.id}`);
  await ask('DELETE', '/api/user/sessions');
  await ask('POST', '/api/user/deletion', { body: { password: PASSWORD } });
  await ask('GET', '/api/user/deletion');
  await ask('DELETE', '/api/user/deletion');
  const password = 'another long password';
  await ask('POST', '/api/user/password', {
    body: { old_password: PASSWORD, password, password_confirmation: password },
  });
}

/** An authenticator app, recovery codes and a passkey, and logins with them. */
export async function secondFactors(people: People): Promise<void> {
  const { email, ask } = await people.owner();
  const current_password = PASSWORD;
  const begun = await ask('POST', '/api/user/factors/totp', { body: { current_password } });
  const totp = new TOTP({ secret: Secret.fromBase32(at(begun, 'results', 'secret')) });
  const confirmed = await ask('POST', '/api/user/factors/totp/confirm', { body: { code: totp.generate() } });
  const codes = at<string[]>(confirmed, 'results', 'recovery_codes');
  const sure = () => ({ current_password, second_factor_code: codes.pop() });

  await login(people, email);
  const reset = await people.ask('POST', '/api/v3/auth/password/reset', { body: { email } });
  const verification_code = codeIn(await mailTo(email, 0, RESET));
  const body = { verification_token: at<string>(reset, 'data', 'verification_token'), verification_code };
  await people.ask('POST', '/api/v3/auth/password/reset/verify', { body });

  await ask('GET', '/api/account/security');
  for (const second_factor_required of [true, false]) {
    await ask('PUT', '/api/account/security', { body: { ...sure(), second_factor_required } });
  }
  const renewed = await ask('POST', '/api/user/factors/recovery-codes', { body: sure() });
  codes.splice(0, codes.length, ...at<string[]>(renewed, 'results', 'recovery_codes'));

  const key = new SoftAuthenticator(ORIGIN);
  const made = await ask('POST', '/api/user/factors/passkeys/options', { body: sure() });
  const credential = key.create(at<object>(made, 'results', 'publicKey'));
  const passkey = await ask('POST', '/api/user/factors/passkeys', { body: { name: 'Phone', credential } });
  const options = await people.ask('POST', '/api/v3/auth/passkeys/options');
  const answer = key.get(at<object>(options, 'data', 'publicKey'));
  await people.ask('POST', '/api/v3/auth/passkeys/login', { body: { credential: answer } });
  await ask('GET', '/api/user/factors');
  const id = at<number>(passkey, 'results', 'passkey', 'id');
  await ask('POST', `/api/user/factors/passkeys/${id}/remove`, { body: sure() });
  await ask('POST', '/api/user/factors/totp/remove', { body: sure() });
}

/** People of an account: invited, let in, changed, sent away, moved. */
export async function members(people: People): Promise<void> {
  const [owner, other] = [await people.owner(), await people.owner()];
  const keys = { own: await people.keyOf(owner), other: await people.keyOf(other) };
  const [one, two] = [
    await people.newcomer(owner, 'viewer', keys.own),
    await people.newcomer(owner, 'admin', keys.own),
  ];
  const all = at<{ id: number; email: string }[]>(await owner.ask('GET', '/api/members'), 'results');
  const member = `/api/members/${all.find(({ email }) => email === one.email)?.id}`;
  await owner.ask('PATCH', member, { body: { role: 'manager' } });
  await owner.ask('DELETE', member);

  const unwilling = newAddress();
  await owner.ask('POST', '/api/members', { body: { email: unwilling, role: 'viewer' } });
  const declined = { invitation_token: invitationIn((await mailTo(unwilling)).text) };
  await people.ask('POST', '/api/v3/auth/invitations/decline', { body: declined });

  for (const answer of ['decline', 'accept']) {
    await other.ask('POST', '/api/members', { body: { email: two.email, role: 'viewer' } });
    const mine = await two.ask('GET', '/api/invitations');
    await two.ask('POST', `/api/invitations/${at<number>(mine, 'results', 0, 'id')}/${answer}`);
  }
  const moved = at<string>(await login(people, two.email), 'data', 'access_token');
  await people.as(two.email, moved, keys.other).ask('DELETE', '/api/members/me');
  await owner.ask('GET', '/api/audit');
}

/** Keys of the account. */
export async function apiKeys(people: People): Promise<void> {
  const { ask } = await people.owner();
  const made = await ask('POST', '/api/api-keys', {
    body: { name: 'Accounting', scope: ['view'], expires_at: '2099-01-01' },
  });
  await ask('GET', '/api/api-keys');
  await ask('DELETE', `/api/api-keys/${at<number>(made, 'results', 'id')}`);
}
