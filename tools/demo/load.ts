import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../stack/terminal';
import { OWNER } from '../http/client';
import { Api } from './api';
import { history } from './history';
import { type Publisher } from './publisher';
import { type DemoEvent, type DemoSession, eventsOf } from './session';

const OWNERS = [
  { accountId: 1, email: OWNER.email, sessionsADay: 24 },
  { accountId: 2, email: 'rival@demo.test', sessionsADay: 4 },
];
/** Parts of the history after which the first owner asks for a payout. */
const PAYOUTS_AFTER = [0.6, 0.85];
/** Milliseconds between two looks, and before we give up. */
const POLL_INTERVAL_MS = 500;
const GUARD_MS = 300_000;

interface Owner {
  readonly api: Api;
  readonly sessions: readonly DemoSession[];
}

/** Tells the platform of the last days as charging back ends would have, and waits until all of it is priced. */
export async function loadHistory(publisher: Publisher, url: string, days: number, now = new Date()): Promise<number> {
  const owners: Owner[] = [];
  for (const { accountId, email, sessionsADay } of OWNERS) {
    const api = await Api.login(url, { ...OWNER, email });
    const [powerCenters, cards] = [await api.powerCenters(), await api.cards()];
    owners.push({ api, sessions: history({ accountId, powerCenters, cards, sessionsADay }, days, now) });
  }
  const begin = now.getTime() - days * 86_400_000;
  const borders = [...PAYOUTS_AFTER.map((part) => begin + part * (now.getTime() - begin)), now.getTime() + 86_400_000];
  let from = 0;
  for (const [index, until] of borders.entries()) {
    await publish(publisher, owners, from, until);
    await priced(owners, until);
    const first = owners[0];
    if (first && index < PAYOUTS_AFTER.length) await payOut(first.api);
    from = until;
  }
  return owners.reduce((sum, { sessions }) => sum + sessions.length, 0);
}

async function publish(publisher: Publisher, owners: readonly Owner[], from: number, until: number): Promise<void> {
  const sessions = owners.flatMap((owner) => begunBetween(owner.sessions, from, until));
  const events: DemoEvent[] = sessions.flatMap(eventsOf).sort((a, b) => a.at.getTime() - b.at.getTime());
  await publisher.publishAll(events);
  say(`  ${events.length} events of ${sessions.length} sessions published`);
}

const begunBetween = (sessions: readonly DemoSession[], from: number, until: number): DemoSession[] =>
  sessions.filter(({ begin }) => begin.getTime() >= from && begin.getTime() < until);

async function priced(owners: readonly Owner[], until: number): Promise<void> {
  for (const { api, sessions } of owners) {
    const expected = begunBetween(sessions, 0, until).length;
    await eventually(async () => (await api.orders()) >= expected && (await api.open()) === 0);
  }
}

/** By the platform's own rules; where they say no, the demo has a payout less. */
async function payOut(api: Api): Promise<void> {
  const details = { fullname: 'Amina Haddad', userType: 'individual', address: '119 Rue Didouche Mourad, Algiers' };
  const more = {
    TIN: '123-45-6789',
    id: '0501234567',
    email: OWNER.email,
    accountNumber: 'DZ580002100001113000000570',
  };
  const available = (await api.get('/api/payout-methods/available')).json<{ results?: { name: string }[] }>()?.results;
  const offered = available?.find(({ name }) => name === 'stripe');
  if (offered) await api.post(`/api/payout-methods/add/${offered.name}`, { ...details, ...more });
  const mine = (await api.get('/api/payout-methods')).json<{ results?: { id: number }[] }>()?.results;
  const method = mine?.[0];
  if (!method) return say('  no payout: there is no method for it');
  const asked = await eventually(async () => {
    const { status } = await api.post('/api/payouts/request-payout', { payoutMethod: method.id });
    return status === 200;
  }, 30_000);
  if (asked) say('  a payout was asked for');
}

/** Looks again and again; after a while the demo goes on without. */
async function eventually(look: () => Promise<boolean>, patience = GUARD_MS): Promise<boolean> {
  const end = Date.now() + patience;
  while (!(await look())) {
    if (Date.now() > end) {
      say('  this takes long; it goes on in the background');
      return false;
    }
    await pause(POLL_INTERVAL_MS);
  }
  return true;
}
