import { unwrap } from '@open-cpo/client';
import { SimulatedCharger, until } from '@open-cpo/testing';
import type { Page } from 'playwright-core';
import { choose, DESKTOP, insist, PHONE, useBrowser } from './browser';
import { api, newOwner, place } from './client';
import { CARD, ownerWithCharger } from './owner-with-charger';

const window = useBrowser();
const connect = (identity: string, password: string) =>
  SimulatedCharger.connect({ url: place('TEST_CHARGERS_URL'), identity, password });

/** The password that a page shows this once. */
const passwordOn = async (page: Page): Promise<string> =>
  (await page.locator('[role=status] code').last().textContent()) ?? '';

describe('an owner with a charger', () => {
  it('sends commands, ends a session, reads messages and settings, and rotates the password', async () => {
    const owner = await ownerWithCharger();
    const socket = await owner.connect();
    await socket.boot();
    await socket.status(1, 'Available');
    for (const action of ['RemoteStartTransaction', 'RemoteStopTransaction', 'ChangeConfiguration'])
      socket.answers.set(action, () => ({ status: 'Accepted' }));
    socket.answers.set('UnlockConnector', () => ({ status: 'Unlocked' }));
    const settings = [{ key: 'HeartbeatInterval', readonly: false, value: '300' }];
    socket.answers.set('GetConfiguration', () => ({ configurationKey: settings }));
    const called = (name: string) => until(async () => socket.calls.find(({ action }) => action === name), name);

    const page = await window(DESKTOP, owner.token);
    const send = () => page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    const tab = (name: string) =>
      page.getByRole('navigation', { name: 'Charger', exact: true }).getByRole('link', { name }).click();
    await page.goto('/chargers?state=connected');
    await page.getByRole('cell').getByRole('link').click();
    await page.getByText('Simulator', { exact: true }).waitFor();
    await tab('Commands');
    await page.getByRole('button', { name: 'Unlock the cable' }).click();
    await send();
    const commands = page.getByRole('list', { name: 'Commands' });
    await commands
      .getByRole('listitem')
      .filter({ hasText: 'Unlock the cable' })
      .getByText('Accepted')
      .first()
      .waitFor();

    await page.getByRole('button', { name: 'Start a session' }).click();
    await page.getByRole('dialog').getByLabel('Card (RFID)').fill(CARD);
    await send();
    await called('RemoteStartTransaction');
    const { id } = await socket.start({ idTag: CARD, meterStart: 1000 });
    const order = await until(async () => (await owner.orders())[0], 'the order');
    await commands.getByRole('listitem').filter({ hasText: 'Start a session' }).getByText('Effect observed').waitFor();
    await page.goto(`/orders/${String(order.id)}`);
    await page.getByRole('button', { name: 'Stop the session' }).click();
    const dialog = page.getByRole('dialog');
    const told = page.getByText('The charger was told to stop.');
    await insist(dialog.getByRole('button', { name: 'Stop the session' }), told, dialog.getByRole('alert'));
    expect((await called('RemoteStopTransaction')).payload).toEqual({ transactionId: id });
    await socket.stop(id, 1500, { reason: 'Remote' });
    await page.getByText('Completed').waitFor();

    await page.goto(`/chargers/${owner.id}/messages?action=StartTransaction`);
    const received = page.getByRole('img', { name: 'From the charger' });
    const message = page.getByRole('listitem').filter({ has: received });
    await message.locator('summary').first().click();
    await page.getByText('"meterStart": 1000').waitFor();

    await tab('Configuration');
    await page.getByRole('button', { name: 'Read settings' }).click();
    await send();
    await commands.getByRole('listitem').filter({ hasText: 'Read settings' }).getByText('Accepted').first().waitFor();
    await tab('Configuration');
    await page.getByRole('button', { name: 'Edit HeartbeatInterval' }).click();
    await page.getByRole('dialog').getByLabel('Value').fill('600');
    await send();
    expect((await called('ChangeConfiguration')).payload).toEqual({ key: 'HeartbeatInterval', value: '600' });

    await tab('About');
    await page.getByRole('button', { name: 'New password' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'New password' }).click();
    await page.getByText('Keep this now').waitFor();
    expect(await socket.closed).toMatchObject({ code: 1008 });
    const { identity } = await owner.charger();
    (await connect(identity, await passwordOn(page))).terminate();
    await page.getByRole('button', { name: 'Revoke the password' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke the password' }).click();
    await page.getByText('There is no password: the charger cannot connect.').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Chargers' }).waitFor();
  });
});

describe('an owner with a charger that can do more', () => {
  it('reserves a connector, limits the current, sends cards, and asks for the log and an update', async () => {
    const owner = await ownerWithCharger();
    const socket = await owner.connect();
    await socket.boot();
    await socket.status(1, 'Available');
    await socket.status(2, 'Available');
    for (const action of ['ReserveNow', 'CancelReservation', 'SetChargingProfile', 'ClearChargingProfile'])
      socket.answers.set(action, () => ({ status: 'Accepted' }));
    socket.answers.set('GetDiagnostics', () => ({ fileName: 'charger.log' }));
    socket.answers.set('UpdateFirmware', () => ({}));
    const called = (name: string) => until(async () => socket.calls.find(({ action }) => action === name), name);
    const page = await window(DESKTOP, owner.token);
    const dialog = page.getByRole('dialog');

    await page.goto(`/chargers/${owner.id}/reservations`);
    await page.getByRole('button', { name: 'Reserve a connector' }).click();
    await choose(page, dialog, 'Connector', '2');
    await dialog.getByLabel('Card (RFID)').fill(CARD);
    await dialog.getByRole('button', { name: 'Reserve', exact: true }).dblclick();
    const reservations = page.getByRole('list', { name: 'Reservations' });
    await reservations.getByText('Active', { exact: true }).waitFor();
    expect(await reservations.getByRole('listitem').count()).toBe(1);
    expect((await called('ReserveNow')).payload).toMatchObject({ connectorId: 2, idTag: CARD });
    await page.getByRole('button', { name: 'Cancel the reservation of connector 2' }).click();
    await dialog.getByRole('button', { name: 'Cancel a reservation' }).click();
    await reservations.getByText('Cancelled', { exact: true }).waitFor();

    await page.goto(`/chargers/${owner.id}/limits`);
    const limits = page.getByRole('list', { name: 'Current and cards' });
    await page.getByRole('button', { name: 'Edit Connector 1' }).click();
    await dialog.getByLabel('Amperes of each phase').fill('16');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const first = limits.getByRole('listitem').filter({ hasText: 'Connector 1' });
    await first.getByText('Applied').waitFor();
    await first.getByText('16\u00a0A').waitFor();
    expect(JSON.stringify((await called('SetChargingProfile')).payload)).toContain('"limit":16');
    // A limit below the least one is refused at its field.
    await page.getByRole('button', { name: 'Edit The whole charger' }).click();
    await dialog.getByLabel('Amperes of each phase').fill('3');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.locator('.v-messages__message', { hasText: '6' }).first().waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    const sent = page.waitForResponse((one) => one.url().endsWith('/local-list') && one.request().method() === 'POST');
    await page.getByRole('button', { name: 'Send all cards again' }).click();
    expect((await sent).status()).toBe(200);

    await page.goto(`/chargers/${owner.id}/commands`);
    const commands = page.getByRole('list', { name: 'Commands' });
    for (const [name, location, action] of [
      ['Send diagnostics', 'https://files.example.com/logs', 'GetDiagnostics'],
      ['Update the firmware', 'https://files.example.com/2.1.0.bin', 'UpdateFirmware'],
    ] as const) {
      await page.getByRole('button', { name }).click();
      await dialog.getByLabel('Address of the file').fill(location);
      await dialog.getByRole('button', { name: 'Send', exact: true }).click();
      expect((await called(action)).payload).toMatchObject({ location });
      await commands.getByRole('listitem').filter({ hasText: name }).getByText('Accepted').first().waitFor();
    }
    await socket.call('DiagnosticsStatusNotification', { status: 'Uploaded' });
    const log = commands.getByRole('listitem').filter({ hasText: 'Send diagnostics' });
    await log.getByText('Effect observed').waitFor();
    await log.locator('summary').click();
    await log.getByText('charger.log').waitFor();
    socket.terminate();
  });

  it('limits the current of a site, on a phone', async () => {
    const { token, chargePointId, client } = await ownerWithCharger();
    const site = { name: 'الميناء', chargePoints: [chargePointId] } as never;
    await unwrap(client.POST('/api/charging-sites', { body: site }));
    const page = await window(PHONE, token);
    await page.goto('/sites');
    await page.getByRole('button', { name: 'حد التيار في الميناء' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('أمبير لكل طور').fill('96');
    await dialog.getByRole('button', { name: 'حفظ' }).click();
    await dialog.getByText('تم الحفظ').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'حد التيار في الميناء' }).click();
    await until(async () => (await dialog.getByLabel('أمبير لكل طور').inputValue()) === '96', 'the limit');
  });
});

describe('an owner who is new to chargers', () => {
  it('adds one, and enrols another that was refused, on a phone', async () => {
    const { token } = await newOwner();
    const client = api(token);
    const made = async (title: string) => {
      const body = { title, category: 'EV_CHARGER', latitude: 36.7538, longitude: 3.0588 } as const;
      const { id } = await unwrap(client.POST('/api/charge-points', { body }));
      const center = await unwrap(client.GET('/api/charge-points/{id}', { params: { path: { id } } }));
      return center as unknown as { token: string };
    };
    await made('الميناء');
    const second = await made('المحطة');
    const page = await window(PHONE, token);
    await page.goto('/chargers');
    await page.getByText('لا توجد شواحن بعد.').waitFor();
    await page.getByRole('button', { name: 'إضافة شاحن' }).click();
    const dialog = page.getByRole('dialog', { name: 'إضافة شاحن' });
    await choose(page, dialog, 'مركز الشحن', 'الميناء');
    const shown = page.getByText('احتفظ به الآن: لن يظهر مرة أخرى.');
    await insist(dialog.getByRole('button', { name: 'إضافة شاحن' }), shown, dialog.getByRole('alert'));
    const identity = (await page.locator('[role=status] code').nth(1).textContent()) ?? '';
    (await connect(identity, await passwordOn(page))).terminate();

    await until(async () => {
      await connect(second.token, 'f'.repeat(40)).catch(() => undefined);
      return (await unwrap(client.GET('/api/chargers/refused'))).results.data.length > 0;
    }, 'the refused connection');
    await page.getByRole('link', { name: 'الاتصالات والبطاقات المرفوضة' }).click();
    await page.getByRole('button', { name: `تسجيل ${second.token}` }).click();
    await shown.waitFor();
    (await connect(second.token, await passwordOn(page))).terminate();
  });
});
