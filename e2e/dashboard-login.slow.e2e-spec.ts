import { environment } from '@open-cpo/platform';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { choose, DESKTOP, PHONE, useBrowser } from './browser';
import { codeIn, mailTo, newAddress, newOwner, PASSWORD } from './client';

const window = useBrowser();
const hello = (page: Page) => page.getByRole('heading', { level: 1, name: /^Hello/ });

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Your user' }).click();
  await page.getByText('Sign out').click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

async function prove(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
}

describe('a user', () => {
  it('sets up an authenticator app, and signs in with its code and with a recovery code', async () => {
    const { email, token } = await newOwner();
    const page = await window(DESKTOP, token, email);
    await page.goto('/settings/security');
    await page.getByRole('button', { name: 'Set up', exact: true }).click();
    await prove(page);
    await page.getByRole('img', { name: 'Scan this with the app' }).waitFor();
    const secret = (await page.locator('main code').first().textContent()) ?? '';
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = (step: number) => totp.generate({ timestamp: Date.now() + step * 30_000 });
    await page.getByLabel('Code', { exact: true }).fill(code(0));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Recovery codes left: 10').waitFor();
    const recovery = ((await page.locator('[role=status] code').textContent()) ?? '').split('\n');
    expect(recovery).toHaveLength(10);

    await signOut(page);
    await signIn(page, email);
    await page.getByText('Enter the code of your authenticator app').waitFor();
    await page.getByLabel('Code', { exact: true }).fill(code(1));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await hello(page).waitFor();
    await signOut(page);
    await signIn(page, email);
    await page.getByLabel('Code', { exact: true }).fill(recovery[0] ?? '');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await hello(page).waitFor();
  });

  it('adds a passkey, and signs in with it alone', async () => {
    const { email, token } = await newOwner();
    const page = await window(DESKTOP, token, email);
    const devices = await page.context().newCDPSession(page);
    await devices.send('WebAuthn.enable');
    const options = { protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true } as const;
    const able = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
    await devices.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, ...able } });
    // Passkeys belong to a name, which an address of numbers is not.
    const { port } = new URL(environment().TEST_GATEWAY_URL ?? '');
    await page.goto(`http://localhost:${port}/settings/security`);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('dialog').getByLabel('Name of the passkey').fill('Phone');
    await prove(page);
    await page.getByText(/^Phone · /).waitFor();
    await page.getByText('Keep this now').waitFor();

    await signOut(page);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await hello(page).waitFor();
    // With the password a passkey is the second factor.
    await signOut(page);
    await signIn(page, email);
    await page.getByText('Sign in with your passkey, or enter a recovery code.').waitFor();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await hello(page).waitFor();
  });

  it('sets a new password with a code that came by mail, on a phone', async () => {
    const { email } = await newOwner();
    const page = await window(PHONE);
    await page.goto('/reset-password');
    await page.getByLabel('البريد الإلكتروني').fill(email);
    await page.getByRole('button', { name: 'أرسل الرمز' }).click();
    await page.getByLabel('الرمز', { exact: true }).fill(codeIn(await mailTo(email, 1)));
    await page.getByLabel('كلمة المرور الجديدة', { exact: true }).fill('another long password');
    await page.getByLabel('كلمة المرور الجديدة مرة أخرى').fill('another long password');
    await page.getByRole('button', { name: 'عيّن كلمة المرور' }).click();
    await page.getByRole('heading', { level: 1, name: /^مرحباً/ }).waitFor();
  });

  it('is invited by an owner, joins by the link of the mail, and ends other sessions', async () => {
    const owner = await newOwner();
    const page = await window(DESKTOP, owner.token, owner.email);
    const email = newAddress();
    await page.goto('/settings/members');
    await page.getByRole('button', { name: 'Invite a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail address').fill(email);
    await choose(page, dialog, 'Role', 'Manager');
    await dialog.getByRole('button', { name: 'Invite a person' }).click();
    await page.getByText(email).first().waitFor();
    const [link = ''] = /http\S+\/invitations\/[\w-]{40}/.exec((await mailTo(email)).text) ?? [];

    const other = await window({ ...DESKTOP, width: 360 });
    await other.goto('/join');
    await other.getByLabel('Code of the invitation').fill(link);
    await other.getByLabel('First name').fill('Omar');
    await other.getByLabel('Last name').fill('Journey');
    await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await other.getByRole('button', { name: 'Join the account' }).click();
    await other.getByRole('heading', { level: 1, name: 'Hello, Omar' }).waitFor();

    const third = await window(DESKTOP);
    await third.goto('/settings/sessions');
    await signIn(third, email);
    await third.getByRole('button', { name: 'End all other sessions' }).click();
    await third.getByRole('button', { name: 'End all other sessions' }).waitFor({ state: 'detached' });
    await other.goto('/settings/members');
    await other.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  });
});
