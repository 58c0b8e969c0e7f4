import { connect, type Socket } from 'node:net';
import { pause } from '../../stack/processes';
import type { Tally } from '../report/tally';
import type { Client } from '../sending/client';
import { residentOf } from './process-figures';

const CONNECTIONS = 600;
/** MiB that a gateway has in production. */
const MEMORY_LIMIT = 512;
/** Milliseconds within which a slow body is cut off, with room for a loaded machine. */
const CUT_OFF_MS = 90_000;

const HEAD =
  'POST /api/v3/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1048000\r\n\r\n';
const BODY = Buffer.from(`{"email":"${'a'.repeat(1_040_000)}`);

/** Opens connections that send most of a body and never the rest. */
export async function attackWithSlowBodies(
  url: string,
  client: Client,
  gatewayPid: number,
  tally: Tally,
): Promise<void> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  for (let n = 0; n < CONNECTIONS; n += 1) {
    const socket = connect(Number(port), hostname, () => socket.write(HEAD) && socket.write(BODY));
    socket
      .on('error', () => undefined)
      .once('close', () => open.delete(socket))
      .resume();
    open.add(socket);
  }
  let resident = 0;
  let failures = 0;
  const until = Date.now() + CUT_OFF_MS;
  while (open.size > 0 && Date.now() < until) {
    resident = Math.max(resident, residentOf(gatewayPid));
    const { status } = await client.send({ method: 'GET', target: '/docs', headers: {} });
    tally.counted('slow bodies', status);
    if (status !== 200) failures += 1;
    await pause(200);
  }
  const left = open.size;
  open.forEach((socket) => socket.destroy());
  const figures = `${CONNECTIONS} connections, at most ${Math.round(resident)} MiB, ${left} not cut off, ${failures} reads of others failed`;
  tally.checked('bodies that never end', resident < MEMORY_LIMIT && left === 0 && failures === 0, figures);
}
