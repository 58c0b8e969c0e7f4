import { SimulatedCharger } from '@open-cpo/testing';
import { pause } from '../../stack/processes';
import { askForSocket, asOwner, type AttackedCharger, basic, type ChargersTarget } from './chargers-under-attack';
import type { QuietCharger } from './quiet-charger';

/** Milliseconds within which a connection without a right ends, and what a busy machine may add. */
const WITHIN_MS = 5000;
const SLACK_MS = 3000;

const WAYS: readonly (readonly [string, (charger: AttackedCharger) => readonly [string, string]])[] = [
  ['rotated credential', ({ id }) => ['POST', `/api/chargers/${id}/credential`]],
  ['revoked credential', ({ id }) => ['DELETE', `/api/chargers/${id}/credential`]],
  ['removed charger', ({ id }) => ['DELETE', `/api/chargers/${id}`]],
  ['removed power center', ({ chargePointId }) => ['DELETE', `/api/charge-points/${chargePointId}`]],
];

/** What ends a right ends the connection, and the old password opens none any more. */
export async function attackAfterTheEnd(
  attacked: ChargersTarget,
  chargers: () => Promise<AttackedCharger>,
): Promise<void> {
  const { port, tally, means } = attacked;
  const wrong: string[] = [];
  let longest = 0;
  for (const [what, request] of WAYS) {
    const charger = await chargers();
    const { identity, password } = charger;
    const socket = await SimulatedCharger.connect({ url: `ws://127.0.0.1:${port}/ocpp`, identity, password });
    const [method, path] = request(charger);
    const { status } = await asOwner(attacked, method, path);
    tally.counted('ends of rights', status);
    const began = performance.now();
    const ended = await Promise.race([socket.closed, pause(60_000).then(() => undefined)]);
    longest = Math.max(longest, performance.now() - began);
    if (status >= 300 || !ended) wrong.push(`${what}: ${status}, ${ended ? 'closed' : 'stays open'}`);
    socket.terminate();
    const headers = { authorization: basic(identity, password), 'x-forwarded-for': means.address() };
    const again = await askForSocket(port, `/ocpp/${identity}`, headers);
    tally.counted('ends of rights', again.status);
    if (again.status !== 401) wrong.push(`${what}: the old password is answered with ${again.status}`);
  }
  const holds = wrong.length === 0 && longest < WITHIN_MS + SLACK_MS;
  const figures = `${WAYS.length} ways, the longest ${(longest / 1000).toFixed(1)} s`;
  tally.checked('connections whose right has ended', holds, [figures, ...wrong].join('; '));
}

/** A socket is taken over only by a connection that proves to be its charger. */
export async function attackTakeover(
  attacked: ChargersTarget,
  quiet: QuietCharger,
  { identity, password }: AttackedCharger,
) {
  const { port, tally, means } = attacked;
  const from = () => ({ 'x-forwarded-for': means.address() });
  const right = basic(identity, password);
  const tries: readonly (readonly [string, Record<string, string>])[] = [
    ['no credentials', {}],
    ['another password', { authorization: basic(identity, 'f'.repeat(40)) }],
    ['another user name', { authorization: basic('somebody', password) }],
    ['a bearer token', { authorization: `Bearer ${password}` }],
    ['no key', { authorization: right, 'sec-websocket-key': 'x' }],
    ['another version', { authorization: right, 'sec-websocket-version': '7' }],
    ['no subprotocol that is spoken', { authorization: right, 'sec-websocket-protocol': 'ocpp1.2' }],
  ];
  const beside = await quiet.during(async () => {
    for (const [, headers] of tries) {
      const { status } = await askForSocket(port, `/ocpp/${identity}`, { ...from(), ...headers });
      tally.counted('takeovers', status);
    }
    await pause(4000);
  });
  const holds = beside.failures === 0 && quiet.isOpen;
  tally.checked(
    'a socket that others would like to take over',
    holds,
    `${tries.length} tries, ${beside.failures} messages failed`,
  );
}
