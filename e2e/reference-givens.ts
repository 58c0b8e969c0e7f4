import { type reference } from '@open-cpo/testing';
import { at, codeIn, mailTo, newAddress, newOwner, PASSWORD, send } from './client';

/** The parts of a request that have to be of this system: an id in the path, a token or a code in the body. */
export interface Given {
  readonly token: string;
  readonly id?: number;
  readonly body?: Record<string, unknown>;
}

type Prepare = (token: string) => Promise<Omit<Given, 'token'>>;

const make =
  (path: string, body: object, ...result: string[]): Prepare =>
  async (token) => ({ id: at<number>(await send('POST', path, { token, body }), ...result) });

const category = make('/api/categories', { type: 'charging-site', name: 'Electronics' }, 'results', 'id');
const powerCenter = make('/api/charge-points', { title: 'Given', category: 'EV_CHARGER' }, 'id');
const group = make('/api/charge-point-groups', { name: 'Given' }, 'results', 'id');
const site = make('/api/charging-sites', { name: 'Given' }, 'results', 'id');
const worker = make(
  '/api/workers',
  { first_name: 'Given', last_name: 'Worker', email: 'given@example.com', rfid: '0A0B0C0D', expire_at: '2030-01-01' },
  'results',
  'id',
);

const price: Prepare = async (token) => {
  const { id = 0 } = await powerCenter(token);
  const body = { price: 1, startingTime: '08:00', endingTime: '09:00' };
  return make(`/api/charge-points/${id}/charge-point-prices`, body, 'results', 'id')(token);
};

const pending: Prepare = async () => {
  const email = newAddress();
  const body = { email, password: PASSWORD, first_name: 'A', last_name: 'B', country_id: 1 };
  const answer = await send('POST', '/api/v3/auth/register', { body });
  const verification_code = codeIn(await mailTo(email));
  return { body: { verification_token: at<string>(answer, 'data', 'verification_token'), verification_code } };
};

const reset: Prepare = async () => {
  const { email } = await newOwner();
  const answer = await send('POST', '/api/v3/auth/password/reset', { body: { email } });
  const verification_code = codeIn(await mailTo(email, 1));
  return { body: { verification_token: at<string>(answer, 'data', 'verification_token'), verification_code } };
};

const PREPARE: Record<number, Prepare> = {
  1: async () => ({ body: { email: 'owner@demo.test', password: 'Charge-2026!' } }),
  2: pending,
  7: reset,
  ...Object.fromEntries([19, 20, 21].map((number) => [number, category])),
  ...Object.fromEntries([43, 44, 45, 46, 48, 49, 50, 51].map((number) => [number, powerCenter])),
  30: powerCenter,
  ...Object.fromEntries([52, 53, 54].map((number) => [number, price])),
  ...Object.fromEntries([58, 59, 60].map((number) => [number, group])),
  ...Object.fromEntries([64, 65, 66].map((number) => [number, site])),
  ...Object.fromEntries([68, 71, 72, 73].map((number) => [number, worker])),
};

/** Makes what an example presupposes, under an owner of its own. */
export async function givenFor(number: reference.OperationNumber): Promise<Given> {
  const { token } = await newOwner();
  return { token, ...(await PREPARE[number]?.(token)) };
}

/** Examples whose waits are longer than a test: a code may be sent again only after a minute. */
export const WAITING = new Set<reference.OperationNumber>([3, 6]);
/** What only charging sessions or payout providers bring about; their own journeys hold them. */
export const BROUGHT_ABOUT = new Set<reference.OperationNumber>([24, 29, 33, 34, 35, 37]);
