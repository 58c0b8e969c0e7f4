import { connect, type Socket } from 'node:net';
import { pause } from '../../stack/processes';
import type { Tally } from '../report/tally';
import type { Client } from '../sending/client';
import type { Means } from '../sending/target';
import { type Database, withClient } from '../environment/databases';
import { OWN_ACCOUNT } from '../environment/people';

const LIST = '/api/feedback?itemsPerPage=-1';
/** Rows of the account that reads slowly, about half a kilobyte each. */
const ROWS = 20_000;
/** Connections that are opened anew, so often, while those of the turn before still hold what they hold. */
const CONNECTIONS = 6;
const TURNS = 4;
const TURN_MS = 6000;
/** Reads of the other account in a turn. */
const READS = 5;

/** Reads long lists of one account slowly over ever new connections, and lists of another account beside it. */
export async function attackWithSlowReaders(
  client: Client,
  means: Means,
  orders: Database,
  tally: Tally,
): Promise<void> {
  await fill(orders);
  const { people, address } = means;
  let held: Socket[] = [];
  const failures: string[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const head = `GET ${LIST} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${people.token('owner')}\r\n\r\n`;
    const opened = Array.from({ length: CONNECTIONS }, () => slowReader(client.url, head));
    for (let read = 0; read < READS; read += 1) {
      await pause(TURN_MS / READS);
      const headers = { authorization: `Bearer ${people.token('other owner')}`, 'x-forwarded-for': address() };
      const { status, fault, text } = await client.send({ method: 'GET', target: LIST, headers });
      tally.counted('slow readers', status);
      if (status !== 200) failures.push(fault ?? `${status} ${text.slice(0, 100)}`);
    }
    held.forEach((socket) => socket.destroy());
    held = opened;
  }
  held.forEach((socket) => socket.destroy());
  const figures = `${TURNS * CONNECTIONS} readers that take nothing, ${TURNS * READS} reads of another account`;
  const more = failures.map((text) => `; failed: ${text}`).join('');
  tally.checked('slow readers of another account', failures.length === 0, figures + more);
}

/** Asks, and never reads what comes. */
function slowReader(url: string, head: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => socket.write(head));
  return socket.on('error', () => undefined).pause();
}

async function fill({ url }: Database): Promise<void> {
  await withClient(url, (database) =>
    database.query(
      `insert into feedback (order_id, account_id, charge_point_id, user_id, message, rating, created_at, updated_at)
       select -n, $1, 1, 1, repeat('slow ', 100), 5, now(), now()
         from generate_series(1, $2::integer) n on conflict do nothing`,
      [OWN_ACCOUNT, ROWS],
    ),
  );
}
