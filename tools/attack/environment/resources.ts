import { pause } from '../../stack/processes';
import type { Operation } from '../document/operations';
import type { Client } from '../sending/client';
import type { People, Who } from './people';

/** How one of a kind is made: by which request, and where its id is in the answer. */
interface Maker {
  readonly path: string;
  /** With the label in every text that may have it. */
  readonly body: (label: string) => object;
  readonly headers?: Record<string, string>;
  readonly id: RegExp;
}

const ID = /"id":(\d+)/;
const create = (path: string, body: Maker['body']): Maker => ({ path, body, id: ID });
/** Makers and lists by what the first part of a path names; `list`: for what nobody can make by a request. */
const KINDS: Record<string, { readonly make?: Maker; readonly list?: string }> = {
  'charge-points': {
    make: create('/api/charge-points', (label) => ({ title: label, category: 'EV_CHARGER', city: label })),
  },
  'charge-point-groups': {
    make: create('/api/charge-point-groups', (label) => ({ name: label, companyName: label, licenseCode: label })),
  },
  'charging-sites': {
    make: create('/api/charging-sites', (label) => ({ name: label, integrationCode: label })),
  },
  categories: { make: create('/api/categories', (label) => ({ type: 'charging-site', name: label })) },
  webhooks: {
    make: create('/api/webhooks', (label) => ({ url: 'https://hooks.example.com/cpo', description: label })),
  },
  'api-keys': { make: create('/api/api-keys', (label) => ({ name: label })) },
  orders: { list: '/api/orders' },
  feedback: { list: '/api/feedback' },
  countries: { list: '/api/v3/countries' },
  sessions: { list: '/api/user/sessions' },
  // Nobody invites, imports or has a passkey here: ids that are of nobody.
  invitations: { list: '/api/invitations' },
  passkeys: { list: '/api/user/factors' },
  imports: { list: '/api/imports' },
};

/** Kinds that this program can make one of, or find one. */
export const knownKinds: readonly string[] = [
  ...Object.keys(KINDS),
  ...['charge-point-prices', 'chargers', 'workers', 'members', 'exports', 'payout-methods'],
];

const rfid = (): string =>
  Math.floor(Math.random() * 0xffffffff)
    .toString(16)
    .toUpperCase()
    .padStart(8, '0');

/** The kind of what a parameter of a path identifies. */
export function kindOf({ path }: Pick<Operation, 'path'>, parameter: string): string {
  if (parameter === 'exportId') return 'exports';
  if (parameter === 'payoutMethod_name') return 'payout-methods';
  if (/charge_?point/i.test(parameter)) return 'charge-points';
  const own = /^\/api\/user\/(?:factors\/)?(sessions|passkeys)\//.exec(path)?.[1];
  if (own) return own;
  return /^\/api\/(?:v3\/)?([\w-]+)/.exec(path)?.[1] ?? '';
}

/** An id that nothing has. */
const NOBODYS = 2_147_483_000;

/** Living ids of an account's things, made as they are needed: what is attacked is there. */
export class Resources {
  private readonly pools = new Map<string, (number | string)[]>();
  private turn = 0;
  private sealed = false;

  constructor(
    private readonly client: Client,
    private readonly people: People,
    private readonly who: Who,
    private readonly label = 'Made',
  ) {}

  /** One of them. @throws Error for a kind that this program knows nothing about: it has to be told. */
  async one(kind: string): Promise<number | string> {
    const pool = this.pool(kind);
    if (pool.length < 3 && !this.sealed) await this.fill(kind, pool);
    this.turn += 1;
    return pool[this.turn % Math.max(1, pool.length)] ?? NOBODYS;
  }

  /** Makes one of each kind, and from now on nothing any more: what changes then was not us. */
  async seal(kinds: readonly string[]): Promise<void> {
    for (const kind of kinds) await this.one(kind);
    this.sealed = true;
  }

  gone(kind: string, id: number | string): void {
    const pool = this.pool(kind);
    const index = pool.indexOf(id);
    if (index >= 0) pool.splice(index, 1);
  }

  private pool(kind: string): (number | string)[] {
    let pool = this.pools.get(kind);
    if (!pool) this.pools.set(kind, (pool = []));
    return pool;
  }

  private async fill(kind: string, pool: (number | string)[]): Promise<void> {
    if (kind === 'members') return void pool.push(...this.people.targets.splice(0, 5));
    if (kind === 'payout-methods') return void pool.push('stripe', 'paypal', 'bank', 'wise');
    if (kind === 'chargers') return this.fillChargers(pool);
    const { make, list } = await this.known(kind);
    if (list) return void pool.push(...(await this.listed(list)));
    for (let n = 0; make && n < 5; n += 1) {
      const id = await this.made(make);
      if (id === undefined) return;
      pool.push(id);
    }
  }

  /** Each of a power center of its own: one has one charger, of which its service learns by an event. */
  private async fillChargers(pool: (number | string)[]): Promise<void> {
    const site = KINDS['charge-points']?.make;
    for (let n = 0; site && n < 5; n += 1) {
      const charge_point_id = await this.made(site);
      const make = create('/api/chargers', () => ({ charge_point_id }));
      let id = charge_point_id === undefined ? undefined : await this.made(make);
      for (let tries = 0; charge_point_id !== undefined && id === undefined && tries < 300; tries += 1) {
        await pause(100);
        id = await this.made(make);
      }
      if (id !== undefined) pool.push(id);
    }
  }

  private async known(kind: string): Promise<{ make?: Maker; list?: string }> {
    if (kind === 'charge-point-prices') {
      const path = `/api/charge-points/${await this.one('charge-points')}/charge-point-prices`;
      return { make: create(path, () => ({ price: 1, startingTime: '08:00', endingTime: '09:00' })) };
    }
    if (kind === 'workers') {
      const expires = { email: 'm@example.com', rfid: rfid(), expire_at: '2030-01-01' };
      return { make: create('/api/workers', (label) => ({ first_name: label, last_name: 'W', ...expires })) };
    }
    if (kind === 'exports') {
      const headers = { prefer: 'respond-async' };
      const path = '/api/feedback/export';
      return { make: { path, body: () => ({}), headers, id: /exports\/([\w-]+)/ } };
    }
    const found = KINDS[kind];
    if (!found) throw new Error(`Tell tools/attack/environment/resources.ts how one of "${kind}" is made.`);
    return found;
  }

  private async made({ path, body, headers = {}, id }: Maker): Promise<number | string | undefined> {
    const {
      text,
      headers: answered,
      status,
    } = await this.ask(id === ID ? 'POST' : 'GET', path, headers, body(this.label));
    const found = id.exec(id === ID ? text : (answered.location ?? ''))?.[1];
    if (status >= 300 || found === undefined) return undefined;
    return id === ID ? Number(found) : found;
  }

  private async listed(path: string): Promise<number[]> {
    const { text } = await this.ask('GET', path, {});
    return rowsOf(JSON.parse(text) as object).map(({ id }) => id);
  }

  private async ask(method: string, target: string, more: Record<string, string>, body?: object) {
    const send = (token: string) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more };
      const content = method === 'GET' || !body ? {} : { body: Buffer.from(JSON.stringify(body)) };
      return this.client.sendWithRetries({ method, target, headers, ...content });
    };
    const answer = await send(this.people.token(this.who));
    if (answer.status !== 401) return answer;
    this.people.renew(this.who);
    return send(this.people.token(this.who));
  }
}

/** The rows of a list or a page in any envelope; ids of what they hold are of another kind. */
function rowsOf(answer: object): { readonly id: number }[] {
  if (Array.isArray(answer)) return answer as { id: number }[];
  const { results, data } = answer as { results?: object; data?: object };
  const inner = results ?? data;
  return inner ? rowsOf(inner) : [];
}
