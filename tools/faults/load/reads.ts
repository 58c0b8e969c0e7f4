import type { Client } from './client';
import { Pacer } from './pacer';
import type { Tally } from './tally';

/** A read of each service that owners call; nothing of it is answered by the gateway alone. */
export const READS: Readonly<Record<string, (nonce: number) => string>> = {
  auth: (nonce) => `/api/members?nonce=${nonce}`,
  stations: (nonce) => `/api/charge-points/datatable?itemsPerPage=5&search=${nonce}`,
  orders: (nonce) => `/api/orders?itemsPerPage=5&search=${nonce}`,
  workforce: (nonce) => `/api/workers/datatable?itemsPerPage=5&search=${nonce}`,
  payouts: (nonce) => `/api/payouts?itemsPerPage=5&search=${nonce}`,
  chargers: (nonce) => `/api/chargers?nonce=${nonce}`,
  notifications: (nonce) => (nonce % 2 ? `/api/webhooks?nonce=${nonce}` : `/api/webhooks/1/deliveries?nonce=${nonce}`),
};

let nonce = 100_000;

/** Reads one service once; nobody has asked just so before. */
export const readOf = (service: string): string => READS[service]?.((nonce += 1)) ?? '/';

/** Milliseconds between two reads of a service. */
const INTERVAL_MS = 120;

/** Reads of every service, without end, so many times as often as usual. */
export function readers(client: Client, tally: () => Tally, times = 1): Pacer[] {
  return Object.keys(READS).map(
    (service) =>
      new Pacer(INTERVAL_MS / times, 20, async () => {
        const path = readOf(service);
        tally().add(service, `GET ${path}`, await client.ask(path));
      }),
  );
}
