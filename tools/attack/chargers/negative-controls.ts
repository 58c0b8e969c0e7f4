import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Tally } from '../report/tally';
import { answeredInFlood, BURST } from './floods';
import { BROKEN, RawSocket } from './frames';

/** A server as many write one: it listens for no errors of its sockets, and handles messages as they come. */
const CARELESS = `
  const { WebSocketServer } = require('ws');
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => process.send(server.address().port));
  server.on('connection', (socket) => socket.on('message', (data) => {
    try { socket.send(JSON.stringify([3, JSON.parse(data)[1], {}])); } catch {}
  }));`;

const CHARGER = { id: 0, chargePointId: 0, identity: 'twin', password: '' };

async function careless<T>(work: (port: number, ended: Promise<unknown>) => Promise<T>): Promise<T> {
  const child = fork('-e', [CARELESS], { stdio: 'ignore', execArgv: [] });
  const ended = once(child, 'exit');
  try {
    const [port] = (await once(child, 'message')) as [number];
    return await work(port, ended);
  } finally {
    child.kill('SIGKILL');
  }
}

/** Shows that frames and floods would have been noticed: a careless server dies of the ones, and handles all of the others. */
export async function proveSocketsDetected(tally: Tally): Promise<void> {
  const deaths = await careless(async (port, ended) => {
    const socket = await RawSocket.open(port, CHARGER, '198.51.100.2');
    socket.send(BROKEN[0]?.[1] ?? Buffer.alloc(0));
    const [code] = (await ended) as [number];
    return code;
  });
  tally.checked('a server that listens for no errors dies of a frame', deaths !== 0, `exit ${deaths}`);
  const { answered } = await careless((port) => answeredInFlood(port, CHARGER, 1));
  tally.checked('a server without limits handles a whole flood', answered > 2 * BURST, `${answered} handled`);
}
