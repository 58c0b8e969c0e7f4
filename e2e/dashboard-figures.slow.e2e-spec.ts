import { readFileSync } from 'node:fs';
import { unwrap } from '@open-cpo/client';
import { until } from '@open-cpo/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { flawsOf, type Look, openWindow, settled, startBrowser, watchPage } from './browser';
import { charge } from './charging';
import { api, at, newOwner, place, send } from './client';

const DESKTOP = { language: 'en', theme: 'light', width: 1280 } as const;
const ROWS = 10_000;

let browser: Browser;
const open: BrowserContext[] = [];
beforeAll(async () => (browser = await startBrowser()));
afterEach(async () => {
  for (const context of open.splice(0)) await context.close();
});
afterAll(() => browser?.close());

async function window(look: Omit<Look, 'all'>, token?: string): Promise<Page> {
  const context = await openWindow(browser, look, token);
  open.push(context);
  return context.newPage();
}

/** Imports a file and waits for its end; answers how many of its rows had errors. */
async function imported(token: string, kind: string, lines: readonly string[]): Promise<number> {
  const form = new FormData();
  form.append('kind', kind);
  form.append('file', new Blob([lines.join('\n')]), 'file.csv');
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${place('TEST_GATEWAY_URL')}/api/imports`, { method: 'POST', headers, body: form });
  const location = answer.headers.get('location') ?? '';
  const ended = await until(async () => {
    const state = await send('GET', location, { token });
    return ['waiting', 'running'].includes(at<string>(state, 'results', 'status')) ? undefined : state;
  }, 'the import to end');
  expect(at(ended, 'results', 'status')).toBe('finished');
  return at<number>(ended, 'results', 'failed');
}

const DAY_MS = 24 * 60 * 60_000;
/** Noon in Algiers, some days ago. */
const noon = (daysAgo: number): string =>
  `${new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10)}T11:00:00Z`;

describe('an owner with a history', () => {
  let token: string;
  let center: { id: number; identifier: string; token: string };

  beforeAll(async () => {
    ({ token } = await newOwner());
    for (const title of ['beta harbour', 'Alpha harbour']) {
      const body = { title, category: 'EV_CHARGER' as const, latitude: 36.75, longitude: 3.06 };
      center = await unwrap(api(token).POST('/api/charge-points', { body }));
    }
    const connectors = [{ id: 1, number: 1 }];
    await unwrap(
      api(token).PATCH('/api/charge-points/{id}', { params: { path: { id: center.id } }, body: { connectors } }),
    );
    const header = 'session_id,power_center,started_at,ended_at,energy_kwh,price,currency,rate';
    const old = Array.from({ length: ROWS }, (_, index) => {
      const begin = Date.parse('2024-03-01T00:00:00Z') + index * 60 * 60_000;
      const [from, to] = [begin, begin + 30 * 60_000].map((moment) => new Date(moment).toISOString());
      return `${token.slice(-12)}-${index},${center.identifier},${from},${to},7.5,500.00,DZD,134.5`;
    });
    const recent = [3, 3, 5].map((daysAgo, index) => {
      const times = `${noon(daysAgo + 1)},${noon(daysAgo)}`;
      return `${token.slice(-12)}-new-${index},${center.identifier},${times},10,500.00,DZD,134.5`;
    });
    const file = [header, ...old, ...recent];
    // Orders hear of new power centers a moment later; the same file goes on where it ended.
    await until(async () => (await imported(token, 'orders', file)) === 0, 'all orders to be imported');
    await until(async () => {
      const { results } = await unwrap(api(token).GET('/api/stats/daily', { params: { query: {} } }));
      return results.total.ordersNb === 3;
    }, 'the days to have their orders');
  });

  it('sees totals of days, of power centers and of sites, as the API has them', async () => {
    const body = { name: 'Port', chargePoints: [center.id] };
    await unwrap(api(token).POST('/api/charging-sites', { body: body as never }));
    const page = await window(DESKTOP, token);
    const faults = watchPage(page);
    const total = page.getByText(/Total: .*1,500\.00 · 0\.\d+ t of CO2 saved/);
    for (const path of ['/', `/power-centers/${center.id}`]) {
      await page.goto(path);
      await total.waitFor();
    }
    await page.goto('/');
    await page.getByText('Highest earnings of 30 days').waitFor();
    await page.getByRole('link', { name: 'Alpha harbour' }).first().waitFor();
    await page.goto('/sites');
    await page.getByRole('button', { name: 'Figures of Port' }).click();
    await total.waitFor();
    await page.getByText('As a table').click();
    await page.getByRole('dialog').getByRole('row').nth(14).waitFor();
    expect(await flawsOf(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('has power centers in the order of their titles', async () => {
    const page = await window(DESKTOP, token);
    for (const [sort, first] of [
      ['title', 'Alpha harbour'],
      ['-title', 'beta harbour'],
      ['-earning', 'Alpha harbour'],
    ] as const) {
      await page.goto(`/power-centers?sort=${sort}`);
      await settled(page);
      expect([sort, await page.locator('tbody tr').first().textContent()]).toEqual([
        sort,
        expect.stringContaining(first),
      ]);
    }
  });

  it('exports many orders, seeing the progress, and gets the file', async () => {
    const page = await window({ ...DESKTOP, width: 360 }, token);
    await page.goto('/orders');
    await settled(page);
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByText('CSV', { exact: true }).click();
    await page.getByText(/% of the file is ready/).waitFor();
    const file = await download;
    expect(file.suggestedFilename()).toBe('Orders.csv');
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(ROWS + 3 + 1);
    await page.getByRole('dialog', { name: 'Export' }).waitFor({ state: 'hidden' });
  });

  it('cancels an export at the API', async () => {
    const page = await window(DESKTOP, token);
    await page.goto('/orders');
    await settled(page);
    await page.getByRole('button', { name: 'Export' }).click();
    const cancelled = page.waitForResponse(
      (one) => one.request().method() === 'DELETE' && one.url().includes('/exports/'),
    );
    await page.getByText('Workbook (XLSX)').click();
    await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Cancel' }).click();
    expect((await cancelled).status()).toBe(200);
    await page.getByRole('dialog', { name: 'Export' }).waitFor({ state: 'hidden' });
  });

  it('sees the course of a session, in Arabic too', async () => {
    await charge(center.token, 30);
    const id = await until(async () => {
      const { results } = await unwrap(api(token).GET('/api/orders', { params: { query: { itemsPerPage: 1 } } }));
      const [order] = results.data;
      return order?.status === 1 && order.charging_session_time.startsWith('30') ? order.id : undefined;
    }, 'the order');
    for (const [language, energy, table, unit] of [
      ['en', 'Energy or power over time', 'As a table', 'kW'],
      ['ar', 'الطاقة أو القدرة عبر الزمن', 'كجدول', 'ك.و'],
    ] as const) {
      const page = await window({ language, theme: 'dark', width: language === 'ar' ? 360 : 1280 }, token);
      const faults = watchPage(page);
      await page.goto(`/orders/${id}`);
      await settled(page);
      await page.getByRole('img', { name: energy }).waitFor();
      await page.getByText(table).click();
      await page.getByRole('cell', { name: unit, exact: false }).first().waitFor();
      expect(await flawsOf(page)).toEqual([]);
      expect(faults).toEqual([]);
    }
  });

  it('sees the feedback of a power center, there and in the list', async () => {
    await charge(center.token, 10);
    await until(async () => {
      const { results } = await unwrap(api(token).GET('/api/feedback', { params: { query: {} } }));
      return results.meta.total > 0;
    }, 'the feedback');
    const page = await window(DESKTOP, token);
    await page.goto(`/power-centers/${center.id}`);
    await page.getByText('A good place.').first().waitFor();
    await page.getByRole('link', { name: 'All feedback' }).click();
    await page.getByText('Power center: Alpha harbour').waitFor();
    await page.getByText('A good place.').first().waitFor();
    await page.goto('/orders/99999999');
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
});

describe('the page', () => {
  it('names the licenses of the software that it consists of', async () => {
    const page = await window(DESKTOP);
    await page.goto('/sign-in');
    expect(await page.getByRole('link', { name: 'Licenses of software' }).getAttribute('href')).toBe('/licenses.txt');
    const { status, text } = await send('GET', '/licenses.txt');
    expect([status, text]).toEqual([200, expect.stringContaining('\nvuetify ')]);
  });
});
