import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '@open-cpo/platform';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { place } from './client';

/** What a page is looked at with. */
export interface Look {
  readonly language: 'en' | 'ar';
  readonly theme: 'light' | 'dark';
  readonly width: number;
  /** Looks at every page; the others look at those that differ most. */
  readonly all: boolean;
}

export const LOOKS: readonly Look[] = [
  { language: 'en', theme: 'light', width: 1280, all: true },
  { language: 'ar', theme: 'dark', width: 360, all: true },
  { language: 'en', theme: 'dark', width: 360, all: false },
  { language: 'ar', theme: 'light', width: 1280, all: false },
];

/** What is waited for happens; on a loaded machine it may take a while. */
const GUARD_MS = 5 * 60_000;

/** Starts Chromium, which `npm test` has found or fetched. */
export async function startBrowser(): Promise<Browser> {
  const { TEST_CHROMIUM: executablePath, TEST_CHROMIUM_ENV: env = '{}' } = environment();
  if (!executablePath) {
    throw new Error(
      'There is no Chromium, and it could not be fetched from Debian: install it (apt-get install chromium) and run again.',
    );
  }
  const variables = JSON.parse(env) as Record<string, string>;
  // The pages are our own; as root, and in containers, Chromium has no sandbox.
  return chromium.launch({ executablePath, env: { ...variables }, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A window with nothing in it yet: a language, a theme, and a session when there is a token. */
export async function openWindow(
  browser: Browser,
  look: Omit<Look, 'all'>,
  token?: string,
  email = '',
  baseURL = place('TEST_GATEWAY_URL'),
): Promise<BrowserContext> {
  const { language, theme, width } = look;
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height: 800 },
    locale: language,
    timezoneId: 'Europe/Paris',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(GUARD_MS);
  const kept = {
    'open-cpo.language': language,
    'open-cpo.theme': theme,
    ...(token ? { 'open-cpo.session': JSON.stringify({ token, email }) } : {}),
  };
  await context.addInitScript((entries: Record<string, string>) => {
    const store = (
      globalThis as unknown as { localStorage: { setItem(key: string, value: string): void; length: number } }
    ).localStorage;
    if (store.length === 0) for (const [key, value] of Object.entries(entries)) store.setItem(key, value);
  }, kept);
  return context;
}

/** An English window of a desktop. */
export const DESKTOP = { language: 'en', theme: 'light', width: 1280 } as const;
/** An Arabic window of a phone. */
export const PHONE = { language: 'ar', theme: 'dark', width: 360 } as const;

/** A browser for the tests of a file. Each test opens windows, which are closed after it. */
export function useBrowser() {
  let browser: Browser;
  const open: BrowserContext[] = [];
  beforeAll(async () => (browser = await startBrowser()));
  afterEach(async () => {
    const contexts = open.splice(0);
    for (const page of contexts.flatMap((context) => context.pages())) {
      // A window with a request that a test holds or answers does not always close.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await keepLast(page);
    }
    await Promise.all(contexts.map((context) => context.close()));
  });
  afterAll(() => browser?.close());
  return async (look: Omit<Look, 'all'>, token?: string, email?: string, baseURL?: string): Promise<Page> => {
    const context = await openWindow(browser, look, token, email, baseURL);
    open.push(context);
    return context.newPage();
  };
}

/** Chooses from a list of few by the label of its input. */
export async function choose(page: Page, scope: Locator, label: string, option: string): Promise<void> {
  await scope.locator('.v-input', { hasText: label }).first().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Presses a button until it has an effect: what depends on an event of another service may be refused at first. */
export async function insist(button: Locator, done: Locator, refused: Locator): Promise<void> {
  for (;;) {
    // A press that was refused may have had its effect meanwhile, and the button is gone then.
    await Promise.race([button.click().catch(() => undefined), done.first().waitFor()]);
    await done.or(refused).first().waitFor();
    if (await done.first().isVisible()) return;
  }
}

let kept = 0;
/** Keeps a picture of what a test ended with. */
async function keepLast(page: Page): Promise<void> {
  const folder = environment().DASHBOARD_SCREENSHOTS;
  if (!folder) return;
  const test = (expect.getState().currentTestName ?? '').replace(/\W+/g, '-').slice(0, 120);
  mkdirSync(join(folder, 'ends'), { recursive: true });
  await page.screenshot({ path: join(folder, 'ends', `${test}.${(kept += 1)}.png`) }).catch(() => undefined);
}

/** Keeps a picture of the whole page in the folder that `DASHBOARD_SCREENSHOTS` names, if it names one. */
export async function keepPicture(
  page: Page,
  { language, theme, width }: Omit<Look, 'all'>,
  path: string,
): Promise<void> {
  const folder = environment().DASHBOARD_SCREENSHOTS;
  if (!folder) return;
  const name = path.replace(/\?.*$/, '').replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'overview';
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.${language}-${theme}-${width}.png`), fullPage: true });
}

/** Writes down what a page should not do: errors, refusals of the content policy, requests to other hosts. */
export function watchPage(page: Page): string[] {
  const faults: string[] = [];
  const own = new URL(place('TEST_GATEWAY_URL')).host;
  page.on('console', (message) => {
    // A refusal by the API is shown in the page.
    const ofApi = /the server responded with a status of (4\d\d|503)/.test(message.text());
    if (message.type() === 'error' && !ofApi) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && host !== own) faults.push(`asked ${request.url()}`);
  });
  return faults;
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Violations of WCAG 2.2 AA and good practice in what the page shows, and whether it is wider than the window. */
export async function flawsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate<Violation[]>('axe.run(document).then(({ violations }) => violations)');
  const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    ...(wider > 0 ? [`wider than the window by ${wider}`] : []),
  ];
}

/** Waits until the page has read what it shows. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  const working = page.locator('[role=progressbar]:not([aria-hidden=true]), .v-skeleton-loader');
  // One after the other: a page may have several parts. (A predicate in the page would be an `eval`, which it forbids.)
  while ((await working.count()) > 0) await working.first().waitFor({ state: 'detached' });
}
