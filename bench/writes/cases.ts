import { type Asking, bytesOf } from '../measure/connection';
import type { Case } from '../reads/cases';
import { OWNER } from '../stack/people';
import { emailOf, LOGINS } from './copies';

let asked = 0;

/** What a request is about. */
interface Subjects {
  readonly powerCenters: readonly number[];
  readonly prices: readonly number[];
}

const of = (ids: readonly number[], turn: number): number => ids[turn % ids.length] ?? 0;

interface Write {
  readonly name: string;
  readonly method: string;
  readonly path: (turn: number) => string;
  readonly body: (turn: number) => object;
  /** Sent without a token, and so without a key. */
  readonly anonymous?: boolean;
}

const writes = ({ powerCenters, prices }: Subjects): readonly Write[] => [
  {
    name: 'create a power center',
    method: 'POST',
    path: () => '/api/charge-points',
    body: (turn) => ({ title: `Power center ${turn}`, category: 'EV_CHARGER', city: 'Algiers' }),
  },
  {
    name: 'change a power center',
    method: 'PUT',
    path: (turn) => `/api/charge-points/${of(powerCenters, turn)}`,
    body: (turn) => ({ title: `Power center ${turn}` }),
  },
  {
    name: 'create a worker',
    method: 'POST',
    path: () => '/api/workers',
    body: (turn) => ({
      first_name: 'Amina',
      last_name: `Number ${turn}`,
      email: `worker-${turn}@demo.test`,
      rfid: String(500_000_000_000 + turn),
      expire_at: '2031-12-31',
    }),
  },
  {
    name: 'change a range price',
    method: 'PATCH',
    path: (turn) => `/api/charge-point-prices/${of(prices, turn)}`,
    body: (turn) => ({ price: `${1 + (turn % 50)}.50` }),
  },
  {
    name: 'login without the hash',
    method: 'POST',
    path: () => '/api/v3/auth/login',
    body: (turn) => ({ email: emailOf(1 + (turn % LOGINS)), password: OWNER.password }),
    anonymous: true,
  },
];

/** The writes in the words of the API: each request is another one, with a key of its own. */
export function writeCases(token: string, subjects: Subjects): readonly Case[] {
  const mark = `${process.pid}-${Date.now()}`;
  return writes(subjects).map(({ name, method, path, body, anonymous = false }) => {
    const asking = (): Asking => {
      const turn = (asked += 1);
      const known = { authorization: `Bearer ${token}`, 'idempotency-key': `${mark}-${turn}` };
      return { method, path: path(turn), headers: anonymous ? {} : known, body: JSON.stringify(body(turn)) };
    };
    return { name, asking: asking(), next: () => bytesOf(asking()) };
  });
}
