import { connect, type Socket } from 'node:net';
import { pause } from '../../stack/processes';
import { mannWhitney, median } from '../authorisation/mann-whitney';
import { askForSocket, type AttackedCharger, basic, type ChargersTarget } from './chargers-under-attack';
import { besideText, type QuietCharger } from './quiet-charger';

const CONNECTIONS = 2000;
const AT_ONCE = 100;
/** MiB that the service may grow by meanwhile. */
const MEMORY = 50;
/** Milliseconds within which a request that does not come is cut off, with room for a loaded machine. */
const CUT_OFF_MS = 60_000;
const CHANCE = 0.01;
const NEAR = 0.05;
const KIND = 'sockets of chargers';
/** Targets that cannot be read, or are not there. */
const TARGETS = ['/ocpp/%E0%A4%A', '/ocpp/%00', `/ocpp/${'a'.repeat(6000)}`, '/ocpp/', '/', '/ocpp/..%2f..', '/OCPP/x'];

type Headers = (n: number) => Record<string, string>;

/** Requests for sockets by who has no right to any, beside a charger that has. */
export async function attackUpgrades(attacked: ChargersTarget, quiet: QuietCharger, charger: AttackedCharger) {
  const { means, tally } = attacked;
  const wrong = basic(charger.identity, 'f'.repeat(40));
  const from: Headers = () => ({ 'x-forwarded-for': means.address() });
  const floods: readonly [string, Headers][] = [
    ['without credentials', from],
    ['with wrong ones, from many addresses', (n) => ({ ...from(n), authorization: wrong })],
    ['with wrong ones, from one address', () => ({ 'x-forwarded-for': '198.51.100.1', authorization: wrong })],
  ];
  for (const [what, headers] of floods) {
    const statuses = new Map<number, number>();
    const beside = await quiet.during(() => flood(attacked, charger.identity, headers, statuses));
    const refused = [...statuses.keys()].every((status) => [401, 429, 503].includes(status));
    const seen = [...statuses].map(([status, n]) => `${status} ×${n}`).join(', ');
    const holds = refused && beside.failures === 0 && beside.grown < MEMORY && quiet.isOpen;
    tally.checked(`requests for sockets of chargers ${what}`, holds, `${seen}; ${besideText(beside)}`);
  }
  await targets(attacked, quiet);
  await slowRequests(attacked, quiet);
  await enumeration(attacked, charger);
}

async function flood(
  { port, tally }: ChargersTarget,
  identity: string,
  headers: Headers,
  statuses: Map<number, number>,
) {
  let n = 0;
  const worker = async (): Promise<void> => {
    while ((n += 1) <= CONNECTIONS) {
      const { status } = await askForSocket(port, `/ocpp/${identity}`, headers(n));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      tally.counted(KIND, status);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function targets({ port, tally, means }: ChargersTarget, quiet: QuietCharger): Promise<void> {
  const wrong: string[] = [];
  for (const target of TARGETS) {
    const { status } = await askForSocket(port, target, { 'x-forwarded-for': means.address() });
    tally.counted(KIND, status);
    if (status >= 500 || status < 400) wrong.push(`${target.slice(0, 20)}: ${status}`);
  }
  const holds = wrong.length === 0 && quiet.isOpen;
  tally.checked('targets of sockets that cannot be read', holds, [`${TARGETS.length} tried`, ...wrong].join('; '));
}

/** Connections that send the half of a request, or nothing. */
async function slowRequests({ port, tally }: ChargersTarget, quiet: QuietCharger): Promise<void> {
  const open = new Set<Socket>();
  const beside = await quiet.during(async () => {
    for (let n = 0; n < CONNECTIONS; n += 1) {
      const socket = connect(port, '127.0.0.1');
      if (n % 2) socket.write('GET /ocpp/x HTTP/1.1\r\nHost: x\r\nX-Slow: ');
      socket.on('error', () => undefined).once('close', () => open.delete(socket));
      open.add(socket.resume());
    }
    for (const end = Date.now() + CUT_OFF_MS; open.size > 0 && Date.now() < end; await pause(200)) {
      for (const socket of open) if (socket.writable && Math.random() < 0.05) socket.write('a');
    }
  });
  const left = open.size;
  open.forEach((socket) => socket.destroy());
  const holds = left === 0 && beside.failures === 0 && beside.grown < MEMORY;
  const figures = `${CONNECTIONS} connections, ${left} not cut off; ${besideText(beside)}`;
  tally.checked('requests for sockets that never end', holds, figures);
}

/** Whether there is a charger must show neither in the answer nor in its time. */
async function enumeration(attacked: ChargersTarget, charger: AttackedCharger): Promise<void> {
  const { tally } = attacked;
  const first = await compared(attacked, charger);
  const taken = differ(first) ? await compared(attacked, charger) : first;
  const same = taken.answers.size === 1;
  const times = `medians ${median(taken.known).toFixed(2)} and ${median(taken.unknown).toFixed(2)} ms, p = ${mannWhitney(taken.known, taken.unknown).toFixed(3)}`;
  const result = same ? `one answer; ${times}` : `answers differ: ${[...taken.answers].join(' / ')}`;
  tally.checked('a known charger does not show in a refused socket', same && !differ(taken), result);
}

interface Compared {
  readonly known: number[];
  readonly unknown: number[];
  readonly answers: Set<string>;
}

function differ({ known, unknown }: Compared): boolean {
  const [one, other] = [median(known), median(unknown)];
  return mannWhitney(known, unknown) < CHANCE && Math.abs(one - other) > NEAR * Math.max(one, other);
}

async function compared(
  { port, means, samples, tally }: ChargersTarget,
  { identity }: AttackedCharger,
): Promise<Compared> {
  const taken: Compared = { known: [], unknown: [], answers: new Set() };
  const nobody = `${identity}x`;
  for (let n = 0; n < samples; n += 1) {
    const pair: [string, number[]][] = [
      [identity, taken.known],
      [nobody, taken.unknown],
    ];
    // Which of both comes first is a matter of turns, too.
    for (const [name, times] of n % 2 ? pair : pair.reverse()) {
      const headers = { authorization: basic(name, 'f'.repeat(40)), 'x-forwarded-for': means.address() };
      const { status, text, ms } = await askForSocket(port, `/ocpp/${name}`, headers);
      tally.counted(KIND, status);
      times.push(ms);
      taken.answers.add(text);
    }
  }
  return taken;
}
