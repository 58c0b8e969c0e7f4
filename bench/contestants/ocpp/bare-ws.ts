import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { ready } from '../shared/settings';
import { ANSWERS, isRight, ocppSettings } from './settings';

const PING_MS = 60_000;
const { port, secretHash } = ocppSettings();
const hash = Buffer.from(secretHash, 'hex');

/** The bare limit: `ws`, Basic authentication, JSON. It stores nothing and checks nothing. */
const websockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, handleProtocols: () => 'ocpp1.6' });
websockets.on('connection', (socket) => {
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const [type, id, action] = JSON.parse(data.toString()) as [number, string, string];
    if (type === 2) socket.send(JSON.stringify([3, id, ANSWERS[action]?.() ?? {}]));
  });
});
setInterval(() => websockets.clients.forEach((socket) => socket.ping()), PING_MS);

const server = createServer();
server.on('upgrade', (request, socket, head) => {
  const [, password = ''] = Buffer.from((request.headers.authorization ?? '').slice(6), 'base64')
    .toString()
    .split(':');
  if (!isRight(password, hash)) return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
  websockets.handleUpgrade(request, socket, head, (made) => void websockets.emit('connection', made, request));
});
server.listen(port, '127.0.0.1', ready);
