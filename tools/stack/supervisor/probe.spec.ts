import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anyFree } from '../ports';
import { answersOk } from './probe';

describe('a probe', () => {
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/drip') {
        response.write('never ending');
      } else if (request.url !== '/silent') {
        response.writeHead(request.url === '/ok' ? 200 : 503).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ['/ok', true],
    ['/unwell', false],
    ['/silent', false],
  ])('of %s says %s', async (path, verdict) => {
    expect(await answersOk(`${base}${path}`, 300)).toBe(verdict);
  });

  it('is content with the head of an answer', async () => {
    expect(await answersOk(`${base}/drip`, 5_000)).toBe(true);
  });

  it('says no when nobody listens', async () => {
    expect(await answersOk(`http://127.0.0.1:${await anyFree()}/ok`, 5_000)).toBe(false);
  });
});
