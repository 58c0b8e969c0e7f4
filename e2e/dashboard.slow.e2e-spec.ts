import { unwrap } from '@open-cpo/client';
import type { Page } from 'playwright-core';
import { DESKTOP, PHONE, useBrowser } from './browser';
import { api, codeIn, demoUser, mailTo, newAddress, newOwner } from './client';

const DEMO_PASSWORD = 'Charge-2026!';
const window = useBrowser();

async function signIn(page: Page, email: string, password = DEMO_PASSWORD): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

describe('a session', () => {
  it('shows code and request ID after a wrong password', async () => {
    const page = await window(DESKTOP);
    await page.goto('/orders');
    await signIn(page, 'owner@demo.test', 'not this one');
    const alert = page.getByRole('alert');
    await alert.getByText('credentials_rejected').waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('owner@demo.test');
    expect(await alert.getByRole('button', { name: 'Copy the request ID' }).count()).toBe(1);
  });

  it('shows the account, and ends', async () => {
    const page = await window(DESKTOP);
    await page.goto('/');
    await signIn(page, 'owner@demo.test');
    await page.getByRole('heading', { level: 1, name: /^Hello/ }).waitFor();
    await page.getByText('Live: changes appear by themselves').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Your user' }).click();
    await page.getByText('Sign out').click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('begins with a registration', async () => {
    const page = await window({ ...DESKTOP, width: 360 });
    const email = newAddress();
    await page.goto('/register');
    await page.getByLabel('First name').fill('Lina');
    await page.getByLabel('Last name').fill('Journey');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Country').fill('Algeria');
    await page.getByRole('option', { name: 'Algeria' }).click();
    await page.getByLabel('Password', { exact: true }).fill('a long enough password');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByText('3 attempts are left').waitFor();
    expect(await page.getByRole('button', { name: /^Another code can be sent in/ }).isDisabled()).toBe(true);
    await page.getByLabel('Code').fill('0000');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText(/attempts? (is|are) left/).waitFor();
    await page.getByLabel('Code').fill(codeIn(await mailTo(email)));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { level: 1, name: 'Hello, Lina' }).waitFor();
  });
});

describe('an owner', () => {
  it('makes a power center once, sets its prices, finds it, and deletes it', async () => {
    const { token } = await newOwner();
    const page = await window(PHONE, token);
    await page.goto('/power-centers');
    await page.getByText('لا توجد مراكز شحن بعد.').waitFor();
    await page.getByRole('link', { name: 'مركز شحن جديد' }).first().click();
    await page.getByLabel('العنوان', { exact: true }).fill('محطة الميناء');
    await page.getByLabel('خط العرض').fill('36.7538');
    await page.getByLabel('خط الطول').fill('3.0588');
    await page.getByRole('button', { name: 'حفظ' }).dblclick();
    await page.getByRole('heading', { level: 1, name: 'محطة الميناء' }).waitFor();
    expect(await unwrap(api(token).GET('/api/charge-points'))).toHaveLength(1);

    await page.getByRole('link', { name: 'الأسعار' }).click();
    await page.getByRole('button', { name: 'إضافة فترة' }).click();
    await page.getByLabel('من', { exact: true }).fill('18:00');
    await page.getByLabel('إلى', { exact: true }).fill('17:00');
    await page.getByLabel('السعر', { exact: true }).fill('20');
    await page.getByRole('button', { name: 'حفظ' }).click();
    // The API refuses the range: the form stays as it was, with the message at the field, in the language of the page.
    await page.getByText('يجب أن يكون وقت النهاية بعد وقت البداية.').waitFor();
    expect(await page.getByLabel('من', { exact: true }).inputValue()).toBe('18:00');
    await page.getByLabel('إلى', { exact: true }).fill('23:59');
    await page.getByRole('button', { name: 'حفظ' }).click();
    await page.getByRole('cell', { name: '18:00–23:59', exact: true }).waitFor();

    await page.goto('/power-centers?q=DEMO');
    await page.getByText('لا توجد نتائج.').waitFor();
    await page.goto('/power-centers');
    await page.getByRole('link', { name: 'محطة الميناء' }).click();
    await page.getByRole('button', { name: 'حذف' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'حذف', exact: true }).click();
    await page.getByText('لا توجد مراكز شحن بعد.').waitFor();
  });

  it('changes the prices of the day in their bar, by keyboard and mouse', async () => {
    const { token } = await newOwner();
    const client = api(token);
    const body = { title: 'Harbour', category: 'EV_CHARGER' as const, latitude: 36.75, longitude: 3.06 };
    const { id } = await unwrap(client.POST('/api/charge-points', { body }));
    const path = { charge_point_id: id };
    for (const [startingTime, endingTime] of [
      ['08:00', '10:00'],
      ['18:00', '23:59'],
    ] as const)
      await unwrap(
        client.POST('/api/charge-points/{charge_point_id}/charge-point-prices', {
          params: { path },
          body: { startingTime, endingTime, price: startingTime === '08:00' ? 20 : 30 },
        }),
      );
    const page = await window(DESKTOP, token);
    await page.goto(`/power-centers/${id}/prices`);
    const end = page.getByRole('slider', { name: /^End of the range that costs .*20/ });
    await end.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('PageUp');
    await page.getByText('New hours, not saved yet: 08:00–11:15').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: '08:00–11:15', exact: true }).waitFor();

    const box = await page.getByRole('list', { name: 'Prices of the day' }).boundingBox();
    if (!box) throw new Error('The bar is not shown.');
    const to = (share: number) => page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
    await to(11.25 / 24);
    await page.mouse.down();
    await to(20 / 24);
    await page.mouse.up();
    // An overlap is said before anything is sent.
    await page.getByText('This overlaps with 18:00–23:59.').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: /^11:15 to 18:00/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a range' });
    expect(await dialog.getByLabel('From', { exact: true }).inputValue()).toBe('11:15');
    await dialog.getByLabel('To', { exact: true }).fill('19:00');
    await dialog.getByText('This overlaps with 18:00–23:59.').waitFor();
    await dialog.getByLabel('To', { exact: true }).fill('18:00');
    await dialog.getByText('This overlaps with').waitFor({ state: 'detached' });
    await dialog.getByLabel('Price', { exact: true }).fill('25');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: '11:15–18:00', exact: true }).waitFor();
  });

  it('goes on after the session has ended, with what was typed', async () => {
    const { token, email } = await newOwner();
    const page = await window(DESKTOP, token, email);
    await page.goto('/groups');
    await page.getByRole('button', { name: 'New group' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Harbour');
    await unwrap(api(token).POST('/api/v3/auth/logout', { body: {} }));
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('Password', { exact: true }).fill('a long enough password');
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('cell', { name: 'Harbour', exact: true }).waitFor();
  });
});

describe('a viewer', () => {
  it('hides what the role does not allow, and says why a link does not open', async () => {
    const page = await window(DESKTOP, await demoUser('viewer'));
    await page.goto('/power-centers');
    await page.getByRole('cell', { name: 'DEMO-124' }).waitFor();
    expect(await page.getByRole('link', { name: 'New power center' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Export' }).count()).toBe(0);
    await page.goto('/power-centers/new');
    await page.getByText('power-centers.create').waitFor();
    await page.getByText('Your role in this account is: Viewer.').waitFor();
    await page.goto('/settings/members');
    await page.getByText('members.view').waitFor();
    await page.goto('/chargers');
    await page.getByRole('heading', { level: 1, name: 'Chargers' }).waitFor();
    expect(await page.getByRole('button', { name: 'Add a charger' }).count()).toBe(0);
    await page.goto('/audit');
    await page.getByText('audit.view').waitFor();
  });
});
