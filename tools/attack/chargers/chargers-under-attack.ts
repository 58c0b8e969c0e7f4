import { request } from 'node:http';
import { pause } from '../../stack/processes';
import type { Client } from '../sending/client';
import type { Means } from '../sending/target';
import type { Tally } from '../report/tally';

/** A charger of the account that is attacked. */
export interface AttackedCharger {
  readonly id: number;
  readonly chargePointId: number;
  readonly identity: string;
  readonly password: string;
}

export interface ChargersTarget {
  readonly port: number;
  /** The process of the service. */
  readonly pid: () => number;
  readonly client: Client;
  readonly means: Means;
  readonly tally: Tally;
  /** Samples for what shows in time alone. */
  readonly samples: number;
}

/** A request of the owner. */
export function asOwner({ client, means }: ChargersTarget, method: string, target: string, body?: object) {
  const authorization = `Bearer ${means.people.token('owner')}`;
  const from = { authorization, 'x-forwarded-for': means.address() };
  if (!body) return client.sendWithRetries({ method, target, headers: from });
  const headers = { ...from, 'content-type': 'application/json' };
  return client.sendWithRetries({ method, target, headers, body: Buffer.from(JSON.stringify(body)) });
}

/** A power center with a charger, whose password is known. @throws Error when there is none after a while */
export async function newCharger(attacked: ChargersTarget): Promise<AttackedCharger> {
  const site = await asOwner(attacked, 'POST', '/api/charge-points', { title: 'Attacked', category: 'EV_CHARGER' });
  const chargePointId = Number(/"id":(\d+)/.exec(site.text)?.[1]);
  for (let tries = 0; tries < 600; tries += 1) {
    const made = await asOwner(attacked, 'POST', '/api/chargers', { charge_point_id: chargePointId });
    if (made.status < 300) {
      const { results } = JSON.parse(made.text) as {
        results: { id: number; identity: string; credential: { password: string } };
      };
      return { id: results.id, chargePointId, identity: results.identity, password: results.credential.password };
    }
    await pause(100);
  }
  throw new Error('No charger could be made.');
}

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

export const basic = (identity: string, password: string): string =>
  `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`;

/** What a request for a socket is answered with. */
export interface UpgradeAnswer {
  readonly status: number;
  /** Status and headers, without what differs anyway. */
  readonly text: string;
  readonly ms: number;
}

/** Asks for a socket, with these headers beside those of the handshake; a socket that comes of it is closed. */
export function askForSocket(port: number, path: string, headers: Record<string, string>): Promise<UpgradeAnswer> {
  const began = performance.now();
  return new Promise((resolve) => {
    const done = (status: number, text: string): void => resolve({ status, text, ms: performance.now() - began });
    const asked = request({
      ...{ host: '127.0.0.1', port, path, agent: false },
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': KEY,
        'sec-websocket-version': '13',
        'sec-websocket-protocol': 'ocpp1.6',
        ...headers,
      },
    });
    asked.on('response', (response) => {
      response.resume();
      done(response.statusCode ?? 0, `${response.statusCode} ${response.rawHeaders.join(' ')}`);
    });
    asked.on('upgrade', (_response, socket) => {
      socket.destroy();
      done(101, '101');
    });
    asked.on('error', (error) => done(0, error.message));
    asked.end();
  });
}
