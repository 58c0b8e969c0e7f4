import { SoftAuthenticator } from '@open-cpo/testing';
import { environment } from '@open-cpo/platform';
import { Secret, TOTP } from 'otpauth';
import { type Answer, at, mailTo, newAddress, newOwner, PASSWORD, send } from './client';

const login = (email: string): Promise<Answer> =>
  send('POST', '/api/v3/auth/login', { body: { email, password: PASSWORD } });
const verify = (verification_token: string, verification_code: string): Promise<Answer> =>
  send('POST', '/api/v3/auth/email/verify', { body: { verification_token, verification_code } });

/** Sets up an authenticator app with the code of now; the next one is good, too, and each once. */
async function withApp(token: string) {
  const begun = await send('POST', '/api/user/factors/totp', { token, body: { current_password: PASSWORD } });
  expect([begun.status, begun.headers.get('cache-control')]).toEqual([200, 'no-store']);
  const totp = new TOTP({ secret: Secret.fromBase32(at(begun, 'results', 'secret')) });
  const code = (step: number) => totp.generate({ timestamp: Date.now() + step * 30_000 });
  const confirmed = await send('POST', '/api/user/factors/totp/confirm', { token, body: { code: code(0) } });
  expect([confirmed.status, confirmed.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return { code, recoveryCodes: at<string[]>(confirmed, 'results', 'recovery_codes') };
}

describe('a user with a second factor', () => {
  it('logs in with password and code, and gets e-mails about it', async () => {
    const { email, token } = await newOwner();
    const { code, recoveryCodes } = await withApp(token);
    expect((await mailTo(email, 1)).subject).toBe('A second factor was added to a login');

    const begun = await login(email);
    expect([begun.status, at(begun, 'data')]).toMatchObject([202, { sent_to: 'authenticator app' }]);
    const waiting = at<string>(begun, 'data', 'verification_token');
    const wrong = await verify(waiting, '0'.repeat(16));
    expect([wrong.status, at(wrong, 'data', 'available_attempts')]).toEqual([422, 2]);
    const entered = await verify(waiting, code(1));
    expect([entered.status, at(entered, 'data', 'email')]).toEqual([200, email]);

    const again = at<string>(await login(email), 'data', 'verification_token');
    expect((await verify(again, code(1))).status).toBe(422);
    expect((await verify(again, recoveryCodes[0] ?? '')).status).toBe(200);
  });

  it('can be a member of whom the owner requires it', async () => {
    const owner = await newOwner();
    const { code } = await withApp(owner.token);
    const email = newAddress();
    await send('POST', '/api/members', { token: owner.token, body: { email, role: 'manager' } });
    const [, invitation_token] = /\/invitations\/([\w-]{40})/.exec((await mailTo(email)).text) ?? [];
    const body = { invitation_token, password: PASSWORD };
    const token = at<string>(await send('POST', '/api/v3/auth/invitations/accept', { body }), 'data', 'access_token');
    expect((await send('GET', '/api/charge-points', { token })).status).toBe(200);

    const required = { second_factor_required: true, current_password: PASSWORD, second_factor_code: code(1) };
    const set = await send('PUT', '/api/account/security', { token: owner.token, body: required });
    expect([set.status, at(set, 'results')]).toEqual([
      200,
      { second_factor_required: true, members_without_second_factor: 1 },
    ]);
    const refused = await send('GET', '/api/charge-points', { token });
    expect([refused.status, refused.headers.get('x-error-code')]).toEqual([403, 'second_factor_required']);
    expect((await send('GET', '/api/charge-points', { token: owner.token })).status).toBe(200);
    await withApp(token);
    expect((await send('GET', '/api/charge-points', { token })).status).toBe(200);
  });

  it('logs in by a passkey alone', async () => {
    const { email, token } = await newOwner();
    const { port } = new URL(environment().TEST_GATEWAY_URL ?? '');
    const key = new SoftAuthenticator(`http://localhost:${port}`);
    const body = { current_password: PASSWORD };
    const begun = await send('POST', '/api/user/factors/passkeys/options', { token, body });
    const credential = key.create(at<object>(begun, 'results', 'publicKey'));
    const made = await send('POST', '/api/user/factors/passkeys', { token, body: { name: 'Phone', credential } });
    expect([made.status, at(made, 'results', 'passkey', 'name')]).toEqual([200, 'Phone']);
    const options = await send('POST', '/api/v3/auth/passkeys/options');
    const answer = key.get(at<object>(options, 'data', 'publicKey'));
    const entered = await send('POST', '/api/v3/auth/passkeys/login', { body: { credential: answer } });
    expect([entered.status, at(entered, 'data', 'email')]).toEqual([200, email]);
  });
});
