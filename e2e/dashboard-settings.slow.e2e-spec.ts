import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unwrap } from '@open-cpo/client';
import { until } from '@open-cpo/testing';
import { DESKTOP, PHONE, useBrowser } from './browser';
import { charge } from './charging';
import { api, newOwner, PASSWORD } from './client';

const window = useBrowser();

describe('an owner', () => {
  it('makes a webhook, sees what was delivered, delivers it again, and finds it in the audit trail', async () => {
    let came = 0;
    const server = createServer((_request, response) => {
      came += 1;
      response.writeHead(204).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { token } = await newOwner();
    const page = await window(DESKTOP, token);
    await page.goto('/settings/webhooks');
    await page.getByRole('button', { name: 'New webhook' }).click();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    await page.getByRole('dialog').getByLabel('Address').fill(url);
    await page.getByRole('dialog').getByRole('button', { name: 'New webhook' }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole('button', { name: `Send a test to ${url}` }).click();
    await page.getByText('A test is on its way.').waitFor();
    await page.getByRole('link', { name: `Deliveries to ${url}` }).click();
    await page.getByRole('cell', { name: 'Delivered' }).waitFor();
    await page.getByRole('button', { name: /^Deliver .* again$/ }).click();
    await until(() => came === 2, 'the second delivery');
    await page.getByRole('cell', { name: 'Delivered' }).waitFor();
    await page.getByRole('link', { name: 'Webhooks' }).first().click();
    await page.getByRole('button', { name: `New secret for ${url}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByRole('button', { name: `Delete ${url}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('There are no webhooks yet.').waitFor();
    server.close();

    await page.goto('/audit');
    const entry = page.getByRole('listitem').filter({ hasText: 'webhooks.create' });
    await entry.locator('summary').click();
    await entry.getByText(url).waitFor();
    await entry.getByRole('link', { name: 'Only this action' }).click();
    await page.getByRole('listitem').filter({ hasText: 'webhooks.delete' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('action')).toBe('webhooks.create');
    await page.getByRole('link', { name: 'Clear all filters' }).click();
    await page.getByRole('listitem').filter({ hasText: 'webhooks.delete' }).waitFor();
  });

  it('sends a delivery that failed again, and again', async () => {
    let came = 0;
    const server = createServer((_request, response) => {
      came += 1;
      response.writeHead(500).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { token } = await newOwner();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const { results } = await unwrap(api(token).POST('/api/webhooks', { body: { url } as never }));
    const { id } = results as unknown as { id: number };
    await unwrap(api(token).POST('/api/webhooks/{id}/test', { params: { path: { id } } }));
    await until(() => came > 0, 'the first try');
    const page = await window(DESKTOP, token);
    await page.goto(`/settings/webhooks/${id}`);
    const again = page.getByRole('button', { name: /^Deliver .* again$/ });
    for (let tries = 0; tries < 2; tries += 1) {
      const before = came;
      await again.click();
      await until(() => came > before, 'one more try');
      await page.getByText('The endpoint answered 500.').waitFor();
    }
    server.close();
  });

  it('adds power centers to a group, which has to be chosen', async () => {
    const { token } = await newOwner();
    const client = api(token);
    const site = { title: 'Harbour', category: 'EV_CHARGER', latitude: 36.7538, longitude: 3.0588 } as const;
    const { id } = await unwrap(client.POST('/api/charge-points', { body: site }));
    await unwrap(client.POST('/api/charge-point-groups', { body: { name: 'Fleet' } as never }));
    const page = await window(DESKTOP, token);
    await page.goto('/power-centers');
    await page.getByRole('row').filter({ hasText: 'Harbour' }).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Add to a group' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Choose one.').waitFor();
    await dialog.getByRole('combobox').first().click();
    await page.getByRole('option', { name: 'Fleet' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    const groups = async () =>
      (await unwrap(client.GET('/api/charge-point-groups/datatable', { params: { query: {} } }))).results;
    await until(async () => (await groups()).data[0]?.chargePointsIds.includes(id) ?? false, 'the member of the group');
  });

  it('checks a file and imports it, on a phone', async () => {
    const { token } = await newOwner();
    const page = await window(PHONE, token);
    await page.goto('/imports');
    const rows = ['external_id,title,category', 'A-1,Harbour,EV_CHARGER', 'A-2,,EV_CHARGER'].join('\n');
    const file = { name: 'centers.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'فحص الملف' }).click();
    const jobs = page.getByRole('list', { name: 'عمليات الاستيراد' }).getByRole('listitem');
    await jobs.first().getByText('انتهى').waitFor();
    expect(await unwrap(api(token).GET('/api/charge-points'))).toEqual([]);
    await jobs
      .first()
      .getByRole('button', { name: /^عرض الأخطاء/ })
      .click();
    await page.getByText('السطر 3').waitFor();
    await page.getByText('حقل العنوان مطلوب.').waitFor();
    await page.getByLabel('فحص الملف فقط').uncheck();
    await page.getByRole('button', { name: 'استيراد ملف' }).click();
    await until(async () => (await jobs.filter({ hasText: 'انتهى' }).count()) === 2, 'the import');
    expect(await unwrap(api(token).GET('/api/charge-points'))).toHaveLength(1);
  });

  it('downloads personal data, and requests and stops the deletion of the user', async () => {
    const { token } = await newOwner();
    const page = await window(DESKTOP, token);
    await page.goto('/settings/privacy');
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await downloaded).suggestedFilename()).toMatch(/\.json$/);
    await page.getByRole('button', { name: 'Request the deletion' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Request the deletion' }).click();
    await page.getByText('The account is closed with it').waitFor();
    await page.getByRole('button', { name: 'Stop the deletion' }).click();
    await page.getByRole('button', { name: 'Request the deletion' }).waitFor();
  });

  it('adds and changes a payout method, and requests a payout of what is shown', async () => {
    const { token } = await newOwner();
    const client = api(token);
    const site = { title: 'Harbour', category: 'EV_CHARGER', latitude: 36.7538, longitude: 3.0588 } as const;
    const { id } = await unwrap(client.POST('/api/charge-points', { body: site }));
    const params = { path: { id } };
    const price = { price: 20, price_currency: 'DZD', price_unit: 'minutes' } as never;
    await unwrap(client.PATCH('/api/charge-points/{id}', { params, body: price }));
    const center = (await unwrap(client.GET('/api/charge-points/{id}', { params }))) as unknown as { token: string };
    await charge(center.token, 30);
    const balance = async () => (await unwrap(client.GET('/api/user/balance'))).results;
    await until(async () => Number((await balance()).balance) > 0, 'a balance');

    const page = await window(DESKTOP, token);
    await page.goto('/payouts');
    await page.getByRole('button', { name: 'Add Bank transfer' }).click();
    const dialog = page.getByRole('dialog');
    const values = {
      'Full name': 'Amina Haddad',
      'Tax number': '123-45-6789',
      'E-mail address': 'owner@example.com',
      'Number of an identity document': '0501234567',
    };
    for (const [label, value] of Object.entries(values)) await dialog.getByLabel(label).fill(value);
    await dialog.getByLabel('Address', { exact: true }).fill('119 Rue Didouche Mourad, Algiers');
    await dialog.getByLabel('Account number (IBAN)').fill('DE89370400440532013000');
    await dialog.getByLabel('Your password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit Bank transfer' }).click();
    await dialog.getByLabel('Full name').fill('A. Haddad');
    await dialog.getByLabel('Your password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^A\. Haddad/).waitFor();

    await page.getByRole('button', { name: 'Request a payout' }).click();
    const shown = (await dialog.locator('.payable').textContent()) ?? '';
    expect(shown).toMatch(/^DZD\s[1-9]/);
    await dialog.getByRole('button', { name: 'Request a payout' }).dblclick();
    await page.getByRole('cell', { name: 'Pending' }).waitFor();
    const { results } = await unwrap(client.GET('/api/payouts'));
    expect(results.data).toHaveLength(1);
  });
});
