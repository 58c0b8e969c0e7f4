import { unwrap } from '@open-cpo/client';
import { DESKTOP, PHONE, settled, useBrowser } from './browser';
import { api, newOwner } from './client';
import { type Interrupted, interruptedGateway } from './interrupted';

const window = useBrowser();

/** An owner, by default a new one, with a power center more. */
async function ownerWithCenter(owner?: { token: string }) {
  const { token } = owner ?? (await newOwner());
  const client = api(token);
  const body = { title: 'Harbour', category: 'EV_CHARGER' as const, latitude: 36.75, longitude: 3.06 };
  const center = await unwrap(client.POST('/api/charge-points', { body }));
  return { token, center, client };
}

describe('a gateway that is started again', () => {
  let gateway: Interrupted;
  beforeAll(async () => (gateway = await interruptedGateway()));
  afterAll(() => gateway?.cut());

  it('leaves no gap in the live list', async () => {
    const { token, center, client } = await ownerWithCenter();
    const other = (await ownerWithCenter({ token })).center;
    const remove = (id: number) => unwrap(client.DELETE('/api/charge-points/{id}', { params: { path: { id } } }));
    const page = await window(DESKTOP, token, '', gateway.url);
    const resumed: string[] = [];
    page.on('request', (request) => {
      const last = new URL(request.url()).searchParams.get('last_event_id');
      if (last !== null) resumed.push(last);
    });
    await page.goto('/');
    const connected = page.getByText('Live: changes appear by themselves');
    await connected.waitFor({ state: 'attached' });
    const shown = page.getByRole('list', { name: 'Activity' }).getByText(/^Power center \d+ was deleted/);
    await remove(center.id);
    await shown.first().waitFor();
    await gateway.cut();
    await page.getByText('Connecting to the live feed').waitFor({ state: 'attached' });
    await remove(other.id);
    await gateway.restore();
    await connected.waitFor({ state: 'attached' });
    await shown.nth(1).waitFor();
    // Both are there, each once: the feed went on after the last event that was shown.
    expect(await shown.allTextContents()).toEqual([other.id, center.id].map((id) => `Power center ${id} was deleted`));
    expect(Number(resumed.at(-1))).toBeGreaterThan(0);
  });

  it('does not lose what was typed', async () => {
    const { token } = await newOwner();
    const page = await window(PHONE, token, '', gateway.url);
    await page.goto('/groups');
    await page.getByRole('button', { name: 'مجموعة جديدة' }).click();
    const dialog = page.getByRole('dialog', { name: 'مجموعة جديدة' });
    await dialog.getByLabel('الاسم', { exact: true }).fill('الميناء');
    await gateway.cut();
    await dialog.getByRole('button', { name: 'حفظ' }).click();
    await dialog.getByRole('alert').getByText('network').waitFor();
    expect(await dialog.getByLabel('الاسم', { exact: true }).inputValue()).toBe('الميناء');
    await gateway.restore();
    await dialog.getByRole('button', { name: 'حفظ' }).dblclick();
    await page.getByText('الميناء').first().waitFor();
    const { results } = await unwrap(api(token).GET('/api/charge-point-groups/datatable', { params: { query: {} } }));
    expect(results.data).toHaveLength(1);
  });
});

describe('a script that does not load', () => {
  it('is said, and the page loads when it is there again', async () => {
    const { token } = await newOwner();
    const page = await window(DESKTOP, token);
    await page.goto('/');
    await settled(page);
    await page.route('**/assets/Workers-*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'Workers' }).click();
    const dialog = page.getByRole('dialog', { name: 'The page could not be loaded' });
    await dialog.waitFor();
    await page.unroute('**/assets/Workers-*.js');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Workers' }).waitFor();
  });

  it('leads to the new version, where one was deployed', async () => {
    const { token } = await newOwner();
    const page = await window(DESKTOP, token);
    await page.goto('/');
    await settled(page);
    // Files of the former version are gone; the page that the server sends names another entry script.
    await page.route('**/assets/Workers-*.js', (route) => route.fulfill({ status: 404 }));
    const entry = '<script type="module" crossorigin src="/assets/index-new.js"></script>';
    await page.route('**/', (route) =>
      route.request().isNavigationRequest() ? route.continue() : route.fulfill({ body: entry }),
    );
    const loaded = page.waitForRequest((request) => request.isNavigationRequest());
    await page.getByRole('link', { name: 'Workers' }).click();
    expect(new URL((await loaded).url()).pathname).toBe('/workers');
    // The file is still not there: the page has loaded once more, and no further.
    await page.getByRole('dialog', { name: 'The page could not be loaded' }).waitFor();
  });

  it('is a part of a page: the others are there', async () => {
    const { token } = await ownerWithCenter();
    const page = await window(DESKTOP, token);
    await page.route('**/assets/{MapView,echarts}-*.js', (route) => route.abort());
    await page.goto('/');
    await page.getByText('This part could not be loaded.').nth(1).waitFor();
    await page.getByRole('heading', { name: 'Balance' }).waitFor();
  });

  it('is the first one: the page says so without its texts', async () => {
    const page = await window(DESKTOP);
    await page.route('**/assets/en-*.js', (route) => route.abort());
    await page.goto('/sign-in');
    await page.getByText('The dashboard does not load.').waitFor();
  });
});

describe('a page that is left open', () => {
  it.each(['/', '/orders', '/chargers'])('asks for nothing while nothing happens: %s', async (path) => {
    const { token } = await ownerWithCenter();
    const page = await window(DESKTOP, token);
    await page.clock.install();
    await page.goto(path);
    await settled(page);
    await page.getByText('Live: changes appear by themselves').waitFor({ state: 'attached' });
    await page.clock.runFor('00:10');
    await page.waitForLoadState('networkidle').catch(() => undefined);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.clock.fastForward('10:00');
    await page.evaluate('document.title');
    expect(asked).toEqual([]);
  });
});
