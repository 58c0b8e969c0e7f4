import { unwrap } from '@open-cpo/client';
import type { Page } from 'playwright-core';
import { flawsOf, keepPicture, type Look, settled, watchPage } from './browser';
import { api, demoUser } from './client';
import { ownerWithCharger } from './owner-with-charger';

const ENTRY = ['/sign-in', '/register', '/reset-password', '/join'];
const SETTINGS = ['profile', 'security', 'sessions', 'privacy', 'members', 'keys', 'webhooks', 'subscription'];
const OWN = [
  '/',
  '/power-centers?sort=-earning',
  '/power-centers/new',
  '/chargers/refused',
  '/orders',
  '/orders/no-such-page',
  '/groups',
  '/sites',
  '/categories',
  '/feedback',
  '/workers',
  '/payouts',
  '/imports',
  '/audit',
  ...SETTINGS.map((one) => `/settings/${one}`),
];
/** Those that differ most. */
const MAIN = ['/', '/power-centers?sort=-earning', '/orders', '/audit', '/settings/profile'];
const OF_CHARGERS = ['', '/commands', '/reservations', '/limits', '/configuration', '/messages'];

/** Pages that a user sees, or that are seen without a login. */
export interface Visit {
  readonly token?: string;
  /** Every page. */
  readonly all: readonly string[];
  /** Those that differ most. */
  readonly main: readonly string[];
}

/** A charger that has reported its model and was sent commands. */
async function ofChargers(): Promise<Visit> {
  const { client, token, id, connect } = await ownerWithCharger();
  const socket = await connect();
  await socket.boot({ firmwareVersion: '1.4.2' });
  await socket.status(1, 'Available');
  await socket.call('StatusNotification', { connectorId: 2, status: 'Faulted', errorCode: 'GroundFailure' });
  const params = { path: { id } };
  await unwrap(client.POST('/api/chargers/{id}/commands', { params, body: { type: 'unlock', connector: 1 } }));
  await unwrap(client.POST('/api/chargers/{id}/commands', { params, body: { type: 'read_configuration' } }));
  socket.terminate();
  const all = ['/chargers', ...OF_CHARGERS.map((section) => `/chargers/${id}${section}`)];
  return { token, all, main: ['/chargers', `/chargers/${id}/messages`] };
}

/** Every page, as its user: entry pages, those of the demo owner, and those of an owner with a charger. */
export async function visits(): Promise<Visit[]> {
  const token = await demoUser('owner');
  const [{ id: center }] = (await unwrap(api(token).GET('/api/charge-points'))) as unknown as [{ id: number }];
  const one = ['', '/edit', '/prices'].map((part) => `/power-centers/${center}${part}`);
  return [
    { all: ENTRY, main: ['/sign-in', '/register'] },
    { token, all: [...OWN, ...one], main: [...MAIN, ...one] },
    await ofChargers(),
  ];
}

/** What is wrong with these pages: violations of axe, pages that are too wide, errors, and requests to other hosts. */
export async function flawsOfPages(page: Page, look: Look, paths: readonly string[]): Promise<string[]> {
  const faults = watchPage(page);
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    await settled(page);
    await keepPicture(page, look, path);
    found.push(...(await flawsOf(page)).map((flaw) => `${path}: ${flaw}`));
    const direction = await page.locator('html').getAttribute('dir');
    if (direction !== (look.language === 'ar' ? 'rtl' : 'ltr')) found.push(`${path} is written ${direction}`);
  }
  return [...found, ...faults];
}
