import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { environment } from '@open-cpo/platform';
import { startTestGateway, testBroker, type TestBroker, type TestGateway, until } from '@open-cpo/testing';
import * as gatewayParts from '../index';
import { LARGEST_FILE } from './multipart';

const MIB = 1024 * 1024;
let broker: TestBroker;
let gateway: TestGateway;
const redisUrl = environment().TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
beforeAll(async () => {
  broker = await testBroker();
  const env = { REDIS_PREFIX: `uploads-${process.pid}`, UPLOAD_SHARE: String(16 * MIB), UPLOADS_AT_ONCE: '3' };
  gateway = await startTestGateway({ broker, gateway: gatewayParts, redisUrl, env });
  for (const id of [1, 2, 3, 4, 5, 6, 7]) gateway.auth.user({ userId: id, accountId: id, role: 'owner' });
});
afterAll(async () => {
  await gateway?.stop();
  await broker?.stop();
});
const connections: Socket[] = [];
afterEach(() => connections.splice(0).forEach((socket) => socket.destroy()));

/** Sends the head of an upload and the beginning of its body. */
async function begun(userId: number, length: number, method = 'bank_transfer') {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  connections.push(socket);
  await once(socket, 'connect');
  let received = '';
  socket.on('data', (bytes) => (received += bytes.toString()));
  const lines = [
    `POST /api/payout-methods/add/${method} HTTP/1.1`,
    'host: x',
    `authorization: Bearer ${gateway.auth.token({ userId })}`,
    'content-type: multipart/form-data; boundary=edge',
    `content-length: ${length}`,
    '',
    '--edge\r\ncontent-disposition: form-data; name="id"; filename="a.pdf"\r\n\r\n%PDF-1.7',
  ];
  socket.write(lines.join('\r\n'));
  const answer = async (): Promise<number> => {
    while (received === '' && !socket.destroyed) await pause(10);
    return Number(received.split(' ')[1]);
  };
  return { socket, answer, received: () => received };
}

/** An upload that is refused; one that is let in, since those before it have not come in yet, takes their place. */
const refused = (status: number, userId: number, length: number) =>
  until(async () => {
    const one = await begun(userId, length);
    return (await Promise.race([one.answer(), pause(500)])) === status ? one : undefined;
  }, `an upload to be refused with ${status}`);

it('an upload for a method that does not exist is refused before the file is sent', async () => {
  const { answer } = await begun(1, MIB, 'no-such-method');
  expect(await answer()).toBe(404);
});

it('an upload that is said to be too large is refused before the file is sent', async () => {
  const { answer } = await begun(1, LARGEST_FILE + MIB);
  expect(await answer()).toBe(413);
});

it('an account has two uploads at once, and a replica as many as it is told', async () => {
  const first = await begun(1, MIB);
  await begun(1, MIB);
  await refused(429, 1, MIB);
  const other = await begun(2, MIB);
  const beyond = await refused(503, 3, MIB);
  expect(beyond.received()).toMatch(/retry-after: \d+/i);
  expect([first.received(), other.received()]).toEqual(['', '']);
  first.socket.destroy();
  let again = await begun(3, 1000);
  while ((await Promise.race([again.answer(), pause(500)])) === 503) again = await begun(3, 1000);
  expect(again.received()).toBe('');
});

it('an account has a share of the store, which others do not notice', async () => {
  const first = await begun(4, 9 * MIB);
  await refused(429, 4, 9 * MIB);
  first.socket.destroy();
  const other = await begun(2, 9 * MIB);
  await pause(200);
  expect(other.received()).toBe('');
});

it('a body that does not say its length counts for what it brings', async () => {
  const part = (n: number) =>
    `--edge\r\ncontent-disposition: form-data; name="id"; filename="a.pdf"\r\n\r\n%PDF-1.7 ${n}`;
  const statuses: number[] = [];
  for (let n = 0; n < 4; n += 1) {
    const chunks = Readable.from([part(n), '\r\n--edge--\r\n'].map((text) => Buffer.from(text)));
    const { status } = await fetch(`${gateway.url}/api/payout-methods/add/bank_transfer`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${gateway.auth.token({ userId: 5 })}`,
        'content-type': 'multipart/form-data; boundary=edge',
      },
      body: Readable.toWeb(chunks) as ReadableStream,
      duplex: 'half',
    });
    statuses.push(status);
  }
  // There is no service behind: they were let in.
  expect(statuses).toEqual([503, 503, 503, 503]);
});

it.each([
  ['was removed', 6, { active: false }, 401],
  ['got a lesser role', 7, { role: 'viewer' as const }, 403],
])('an upload whose user %s while it came is refused', async (_, userId, change, status) => {
  const end = '\r\n--edge--\r\n';
  const start = '--edge\r\ncontent-disposition: form-data; name="id"; filename="a.pdf"\r\n\r\n%PDF-1.7';
  let one = await begun(userId, start.length + end.length);
  while ((await Promise.race([one.answer(), pause(500)])) === 503) one = await begun(userId, start.length + end.length);
  await gateway.auth.tellUser({ userId, accountId: userId, ...change });
  await refused(status, userId, 1000);
  one.socket.write(end);
  expect(await one.answer()).toBe(status);
});

it('guesses at API keys are refused beyond a limit before they are looked up', async () => {
  const statuses: number[] = [];
  const asked = gateway.auth.asked.length;
  for (let n = 0; n < 63; n += 1) {
    const headers = { 'api-key': `${n + 1}|a-key-that-nobody-has-ever-made` };
    statuses.push((await fetch(`${gateway.url}/api/v3/countries`, { headers })).status);
  }
  expect(statuses).toEqual([...Array<number>(60).fill(401), 429, 429, 429]);
  expect(gateway.auth.asked.length - asked).toBe(60);
  const known = gateway.auth.apiKey({ accountId: 9 });
  expect((await fetch(`${gateway.url}/api/v3/countries`, { headers: { 'api-key': known } })).status).toBe(429);
});
