import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { Journal } from '../journal/journal';
import type { Json } from './charger-connection';
import { FieldCharger } from './field-charger';
import { FieldStation } from './field-station';
import { type Misbehaviour, WRONG_CLOCKS, WRONG_MESSAGES, WRONG_REGISTERS } from './misbehaviour';

type Message = [number, string, string, Record<string, unknown>];

/** A server whose answers a test decides on; nothing is no answer. */
class Server {
  readonly taken: Message[] = [];
  readonly sockets: WebSocket[] = [];
  private readonly websockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });

  constructor(private readonly answer: (message: Message, socket: WebSocket) => string | undefined) {
    this.websockets.on('connection', (socket) => {
      this.sockets.push(socket);
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as Message;
        if (message[2] !== 'BootNotification') this.taken.push(message);
        const text =
          message[2] === 'BootNotification' ? JSON.stringify([3, message[1], {}]) : this.answer(message, socket);
        if (text !== undefined) socket.send(text);
      });
    });
  }

  readonly listening = once(this.websockets, 'listening');

  get url(): string {
    return `ws://127.0.0.1:${(this.websockets.address() as AddressInfo).port}/ocpp`;
  }

  stop(): void {
    this.sockets.forEach((socket) => socket.terminate());
    this.websockets.close();
  }
}

const right = ([, id, action]: Message): string =>
  JSON.stringify([3, id, action === 'StartTransaction' ? { transactionId: 7, idTagInfo: { status: 'Accepted' } } : {}]);

async function oneSession(server: Server, others: string[] = [], misbehaviour: Misbehaviour = {}) {
  await server.listening;
  const urls = [...others, server.url];
  const journal = new Journal();
  const charger = new FieldCharger({ id: 3, identity: 'A', password: 'b', urls, misbehaviour }, journal);
  let ended = false;
  const flow = charger.flow(() => ended);
  while (!journal.of('session').some(({ acknowledged }) => acknowledged))
    await new Promise((done) => setTimeout(done, 20));
  await flow.stop();
  ended = true;
  charger.close();
  server.stop();
  return { charger, journal };
}

describe('a charger in the field', () => {
  it('has sessions under the id of the answer, and repeats no answered request', async () => {
    const server = new Server(right);
    const { charger, journal } = await oneSession(server);
    const [first] = journal.of('session');
    expect(first).toMatchObject({ mark: 'ocpp.3.7', acknowledged: true });
    const actions = server.taken.slice(0, 4).map(([, , action]) => action);
    expect(actions).toEqual(['StartTransaction', 'MeterValues', 'MeterValues', 'StopTransaction']);
    expect(charger.problems).toEqual([]);
  });

  it('says again what was not answered, as it was and under a new id', async () => {
    let cut = false;
    const server = new Server((message, socket) => {
      if (message[2] !== 'StartTransaction' || cut) return right(message);
      cut = true;
      socket.terminate();
      return undefined;
    });
    await oneSession(server);
    const [one, again] = server.taken.filter(([, , action]) => action === 'StartTransaction');
    expect(again?.[3]).toEqual(one?.[3]);
    expect(again?.[1]).not.toBe(one?.[1]);
    expect(server.sockets.length).toBeGreaterThan(1);
  });

  it('tries its other address without a listener, and reports answers by error', async () => {
    let refused = false;
    const server = new Server((message) => {
      if (message[2] !== 'StopTransaction' || refused) return right(message);
      refused = true;
      return JSON.stringify([4, message[1], 'InternalError', 'no', {}]);
    });
    const { charger } = await oneSession(server, ['ws://127.0.0.1:1/ocpp']);
    expect(charger.problems).toEqual(['StopTransaction of A was answered by InternalError: no']);
  });
});

describe('a charger that misbehaves', () => {
  const actions = ({ taken }: Server): string[] => taken.map(([, , action]) => action);
  const payloads = (server: Server, name: string) =>
    server.taken.filter(([, , action]) => action === name).map(([, , , payload]) => payload);

  it.each(WRONG_CLOCKS)('has another clock: %j', async (misbehaviour) => {
    const server = new Server(right);
    const { charger } = await oneSession(server, [], misbehaviour);
    const [{ timestamp }] = payloads(server, 'StartTransaction') as [{ timestamp: string }];
    expect(timestamp.endsWith('Z')).toBe(!misbehaviour.withoutZone);
    if (misbehaviour.clock) expect(timestamp.slice(0, 10)).toBe(misbehaviour.clock.slice(0, 10));
    expect(actions(server).includes('StatusNotification')).toBe(Boolean(misbehaviour.statuses));
    const [measured] = [...charger.measured.values()];
    expect(measured?.wh).toBe(misbehaviour.clock ? 500 : 5000);
    expect((measured?.slack ?? 0) > 0).toBe(Boolean(misbehaviour.clock));
  });

  it.each(WRONG_REGISTERS)('has another register: %j', async (misbehaviour) => {
    const server = new Server(right);
    const { charger } = await oneSession(server, [], misbehaviour);
    const { begin, end, readings = [] } = misbehaviour.registers ?? {};
    expect(payloads(server, 'StartTransaction')[0]).toMatchObject({ meterStart: begin });
    expect(payloads(server, 'StopTransaction')[0]).toMatchObject({ meterStop: end });
    expect(payloads(server, 'MeterValues').length).toBeGreaterThanOrEqual(readings.length);
    const flags = misbehaviour.flags ?? [];
    expect(charger.measured.get('ocpp.3.7')).toEqual({ wh: 5000, minutes: 29, slack: 0, flags });
  });

  it('repeats what was answered, and notices that it is taken twice', async () => {
    let given = 0;
    const server = new Server((message) => {
      const id = (given += 1);
      return message[2] === 'StartTransaction'
        ? JSON.stringify([3, message[1], { transactionId: id }])
        : right(message);
    });
    const { charger } = await oneSession(server, [], { repeats: 1 });
    expect(charger.problems[0]).toBe('StartTransaction of A was answered by two transactions: 1 and 2');
    const [first, again, other] = payloads(server, 'StopTransaction').slice(0, 3);
    expect(again).toEqual(first);
    expect(other).toEqual({ ...first, meterStop: Number(first?.meterStop) + 1000 });
  });

  it('ends a session before it begins', async () => {
    const server = new Server(right);
    const { charger } = await oneSession(server, [], { earlyEnds: [-1, 99] });
    expect(actions(server).slice(0, 3)).toEqual(['StopTransaction', 'StopTransaction', 'StartTransaction']);
    const ids = payloads(server, 'StopTransaction').map(({ transactionId }) => transactionId);
    expect(ids.slice(0, 3)).toEqual([-1, 99, 7]);
    expect(charger.unassigned).toBeGreaterThanOrEqual(2);
  });

  it('notices that a broken frame leaves its connection open', async () => {
    const server = new Server(right);
    const { charger } = await oneSession(server, [], { breaking: [Buffer.from('[3,"x",{}]')] });
    expect(charger.problems[0]).toBe('A stays connected after a broken frame');
  });

  it('notices that a connection which it has replaced is answered', async () => {
    const server = new Server(right);
    const { charger } = await oneSession(server, [], { secondConnection: true });
    expect(charger.problems[0]).toBe('StopTransaction of A was answered over a connection that was replaced');
  });

  it('sends texts that are no messages, with the transaction that is under way', () => {
    const poison = WRONG_MESSAGES.flatMap((one) => one.poison ?? []);
    expect(poison.filter((text) => text.includes('{transaction}')).length).toBeGreaterThan(3);
  });

  it('reports sessions of an offline time, each with its energy, time and end', async () => {
    let next = 0;
    const server = new Server((message) => {
      if (message[2] !== 'StartTransaction') return right(message);
      next += 1;
      return JSON.stringify([3, message[1], { transactionId: next }]);
    });
    await server.listening;
    const journal = new Journal();
    const options = { id: 3, identity: 'A', password: 'b', urls: [server.url] };
    const replay = { sessions: 3, readings: 4 };
    const charger = new FieldCharger({ ...options, misbehaviour: { replay } }, journal);
    const flow = charger.flow(() => false, 1);
    while (!charger.finished) await new Promise((done) => setTimeout(done, 20));
    await flow.stop();
    charger.close();
    server.stop();
    expect(server.taken).toHaveLength(3 * 6);
    expect(journal.of('session').every(({ acknowledged }) => acknowledged)).toBe(true);
    expect([...charger.measured.values()]).toEqual(
      Array.from({ length: 3 }, () => ({ wh: 5000, minutes: 29, slack: 0, flags: [] })),
    );
    const begins = payloads(server, 'StartTransaction').map(({ timestamp }) => Date.parse(String(timestamp)));
    const steps = begins.toSorted((a, b) => a - b).map((at, n, all) => at - (all[n - 1] ?? at));
    expect(steps.slice(1).every((ms) => ms >= 29 * 60_000)).toBe(true);
  });

  it('of OCPP 2.0.1 reports the end first, and learns which sessions are its own', async () => {
    const server = new Server(right);
    await server.listening;
    const journal = new Journal();
    const options = { id: 3, identity: 'A', password: 'b', urls: [server.url], protocol: 'ocpp2.0.1' as const };
    const station = new FieldStation({ ...options, misbehaviour: { reversed: true } }, journal);
    const flow = station.flow(() => false, 2);
    while (!station.finished) await new Promise((done) => setTimeout(done, 20));
    await flow.stop();
    station.close();
    server.stop();
    const events = payloads(server, 'TransactionEvent') as { eventType: string; transactionInfo: Json }[];
    expect(events.slice(0, 4).map(({ eventType }) => eventType)).toEqual(['Ended', 'Updated', 'Updated', 'Started']);
    const [first, second] = [events[0], events[4]].map((event) => String(event?.transactionInfo.transactionId));
    station.adopt([
      { id: 7, remote_id: first ?? '' },
      { id: 8, remote_id: first ?? '' },
    ]);
    expect([...station.begun]).toEqual([7]);
    expect(station.measured.get('ocpp.3.7')).toMatchObject({ wh: 5000, minutes: 29 });
    expect(journal.of('session')).toMatchObject([{ mark: 'ocpp.3.7', acknowledged: true }]);
    expect(station.problems).toEqual([`no session is the transaction ${second}`]);
  });
});
