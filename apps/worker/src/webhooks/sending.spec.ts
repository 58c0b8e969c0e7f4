import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Message, sendMessage } from './sending';

describe('a message to an endpoint', () => {
  let server: Server;
  let requests: { method?: string; headers: IncomingMessage['headers']; body: string }[];
  let answer: (response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += String(piece)));
      request.on('end', () => {
        requests.push({ method: request.method, headers: request.headers, body });
        answer(response);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    requests = [];
    answer = (response) => response.writeHead(204).end();
  });

  const url = (host = '127.0.0.1') => `http://${host}:${(server.address() as AddressInfo).port}/hook`;
  const message = (to = url()): Message => ({ url: to, headers: { 'webhook-id': 'event-1' }, body: '{"type":"ping"}' });
  const send = (to = url(), local = true, patience = 5000) => sendMessage(message(to), { local, patience });

  it('arrives as it was signed', async () => {
    expect(await send()).toEqual({ response_status: 204 });
    expect(requests).toEqual([
      {
        method: 'POST',
        headers: expect.objectContaining({ 'webhook-id': 'event-1', 'content-type': 'application/json' }),
        body: '{"type":"ping"}',
      },
    ]);
  });

  it.each([400, 404, 410, 500, 503])('has failed where %s is answered', async (status) => {
    answer = (response) => response.writeHead(status).end('secret details');
    expect(await send()).toEqual({ response_status: status, error: `The endpoint answered ${status}.` });
  });

  it('follows no redirect', async () => {
    answer = (response) => response.writeHead(307, { location: url() }).end();
    expect(await send()).toMatchObject({ response_status: 307, error: expect.stringMatching(/redirect/) });
    expect(requests).toHaveLength(1);
  });

  it('reads nothing of an answer without end', async () => {
    answer = (response) => {
      const more = (): void => void (response.write(Buffer.alloc(65_536)) && setImmediate(more));
      response
        .writeHead(200)
        .on('drain', more)
        .on('error', () => undefined);
      more();
    };
    expect(await send()).toEqual({ response_status: 200 });
  });

  it('does not wait for ever', async () => {
    answer = () => undefined;
    expect(await send(url(), true, 200)).toEqual({ error: 'No answer came within 0.2 seconds.' });
  });

  it('says what is wrong with the connection', async () => {
    answer = (response) => void response.destroy();
    expect(await send()).toEqual({ error: 'The connection broke.' });
    expect(await send('http://127.0.0.1:1/')).toEqual({ error: 'The connection was refused.' });
    expect(await send(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`)).toMatchObject({
      error: expect.any(String),
    });
  });

  it.each([
    ['this machine', () => url()],
    ['this machine by name', () => url('localhost')],
    ['this machine by name, encrypted', () => 'https://localhost/'],
    ['this machine in another form', () => url('2130706433')],
    ['this machine in IPv6', () => url('[::ffff:127.0.0.1]')],
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data'],
    ['a private network', () => 'https://10.0.0.1/'],
    ['a service of the cluster', () => 'https://postgres.open-cpo-data.svc.cluster.local/'],
  ])('never goes to %s', async (_, to) => {
    expect(await send(to(), false)).toEqual({ error: 'The address is not public.' });
    expect(requests).toEqual([]);
  });
});
