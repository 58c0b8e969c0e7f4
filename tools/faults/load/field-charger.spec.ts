import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { Journal } from '../journal/journal';
import { FieldCharger } from './field-charger';

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

async function oneSession(server: Server, others: string[] = []) {
  await server.listening;
  const urls = [...others, server.url];
  const journal = new Journal();
  const charger = new FieldCharger({ id: 3, identity: 'A', password: 'b', urls }, journal);
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
