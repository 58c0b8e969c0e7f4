import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import type { ChargerContext } from './charger-context';
import { ChargerSocket, type SocketOwner, type SocketParts } from './charger-socket';
import { TokenBucket } from './token-bucket';

/** The socket of a charger without a network, and what was done to it. */
class OpenSocket extends EventEmitter {
  readonly OPEN = 1;
  readonly CLOSED = 3;
  readonly isPaused = false;
  readonly sent: string[] = [];
  readyState = this.OPEN;
  bufferedAmount = 0;

  send(text: string): void {
    this.sent.push(text);
  }
  ping(): void {
    this.sent.push('ping');
  }
  terminate(): void {
    this.readyState = this.CLOSED;
    this.emit('close', 1006, '');
  }
}

/** One that has been made of it, with what was noted of its end. */
function socketWith({
  handle = async () => 'answer',
  starts = new TokenBucket(1, 50),
  ...parts
}: Partial<SocketParts & SocketOwner & { starts: TokenBucket }>) {
  const socket = new OpenSocket();
  const [failed, closed] = [jest.fn(), jest.fn()];
  const context = {} as ChargerContext;
  const owner = { handle, failed, closed, startsOf: () => starts };
  const given = { context, socket: socket as unknown as WebSocket, owner, ...parts };
  const made = new ChargerSocket(given);
  return { socket, failed, closed, made };
}

describe('the socket of a charger', () => {
  it('answers messages whose type is an object that cannot be converted', async () => {
    const { socket, failed } = socketWith({});
    socket.emit('message', Buffer.from('[{"valueOf":1,"toString":1},"1"]'));
    await new Promise(setImmediate);
    expect(socket.sent).toEqual(['answer']);
    expect(failed).not.toHaveBeenCalled();
  });

  it.each([
    [true, 3],
    [false, 15],
  ])('is dead after so many looks without a sign of life, with pings or without: %s, %i', async (pings, looks) => {
    const { socket, made, closed } = socketWith({ context: { pings } as ChargerContext });
    for (let n = 0; n < looks; n += 1) made.ping();
    socket.emit('message', Buffer.from('[2,"1","Heartbeat",{}]'));
    await new Promise(setImmediate);
    expect(socket.sent).toEqual([...Array<string>(pings ? looks : 0).fill('ping'), 'answer']);
    for (let n = 0; n < looks; n += 1) made.ping();
    expect(closed).not.toHaveBeenCalled();
    made.ping();
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('takes a token of its charger for each begin of a transaction, and none for other messages', async () => {
    const starts = new TokenBucket(1, 50, 0);
    const take = jest.spyOn(starts, 'take').mockReturnValue(0);
    const { socket } = socketWith({ starts });
    for (const action of ['StartTransaction', 'MeterValues', 'StartTransaction', 'StopTransaction']) {
      socket.emit('message', Buffer.from(`[2,"1","${action}",{}]`));
    }
    await new Promise(setImmediate);
    expect(socket.sent).toHaveLength(4);
    expect(take).toHaveBeenCalledTimes(2);
  });

  it('takes one for each transaction of OCPP 2.0.1, whichever of its events comes first', async () => {
    const starts = new TokenBucket(1, 50, 0);
    const take = jest.spyOn(starts, 'take').mockReturnValue(0);
    const { socket } = socketWith({ starts });
    for (const transactionId of ['a', 'a', 'b', 'a']) {
      const payload = { eventType: 'Updated', transactionInfo: { transactionId } };
      socket.emit('message', Buffer.from(JSON.stringify([2, '1', 'TransactionEvent', payload])));
    }
    socket.emit('message', Buffer.from('[2,"1","MeterValues",{"evseId":1}]'));
    await new Promise(setImmediate);
    expect(socket.sent).toHaveLength(5);
    expect(take).toHaveBeenCalledTimes(2);
  });

  it('takes a token for each transaction of OCPP 2.0.1 that was not seen lately, wherever its id is', async () => {
    const starts = new TokenBucket(1, 50, 0);
    const take = jest.spyOn(starts, 'take').mockReturnValue(0);
    const { socket, made } = socketWith({ starts });
    const long = 'x'.repeat(100_000);
    for (const payload of [
      { transactionInfo: { transactionId: 'a' } },
      { transactionId: 'b' },
      { transactionInfo: { transactionId: true } },
      { transactionId: 'b' },
      { transactionInfo: { transactionId: long } },
    ]) {
      socket.emit('message', Buffer.from(JSON.stringify([2, '1', 'TransactionEvent', payload])));
    }
    await new Promise(setImmediate);
    expect(take).toHaveBeenCalledTimes(4);
    const remembered = Object.values(made).find((value) => value instanceof Set) as Set<string>;
    expect(Math.max(...[...remembered].map(({ length }) => length))).toBeLessThan(64);
  });

  it('takes a message for each event of NotifyEvent', async () => {
    const take = jest.spyOn(TokenBucket.prototype, 'take').mockReturnValue(0);
    const { socket } = socketWith({});
    for (const eventData of [[{}, {}, {}], [], 7]) {
      socket.emit('message', Buffer.from(JSON.stringify([2, '1', 'NotifyEvent', { eventData }])));
    }
    await new Promise(setImmediate);
    expect(take.mock.calls.map(([, tokens]) => tokens)).toEqual([3, 1, 1]);
    take.mockRestore();
  });

  it('takes a message for each 16 KiB of one', async () => {
    const take = jest.spyOn(TokenBucket.prototype, 'take').mockReturnValue(0);
    const { socket } = socketWith({});
    for (const length of [0, 16_384, 200_000]) {
      socket.emit('message', Buffer.from(`[2,"1","DataTransfer",{"data":"${'x'.repeat(length)}"}]`));
    }
    socket.emit('message', Buffer.from('"'.repeat(200_000)));
    await new Promise(setImmediate);
    expect(take.mock.calls.map(([, tokens]) => tokens)).toEqual([1, 2, 13, 13]);
    take.mockRestore();
  });

  it.each([
    ['a rejection', () => Promise.reject(new Error('broken'))],
    [
      'an exception',
      () => {
        throw new Error('broken');
      },
    ],
  ])('ends, and the process does not, after %s of the handling', async (_name, handle) => {
    const { socket, failed, closed, made } = socketWith({ handle });
    socket.emit('message', Buffer.from('[2,"1","Heartbeat",{}]'));
    socket.emit('message', Buffer.from('[2,"2","Heartbeat",{}]'));
    await new Promise(setImmediate);
    expect(failed).toHaveBeenCalledTimes(1);
    expect(failed).toHaveBeenCalledWith(made, expect.objectContaining({ message: 'broken' }));
    expect(closed).toHaveBeenCalledTimes(1);
    expect(socket.readyState).toBe(socket.CLOSED);
    expect(socket.sent).toEqual([]);
    await made.close(1001, 'restarting');
  });
});
