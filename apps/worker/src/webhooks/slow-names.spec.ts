import { createSocket, type Socket } from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressesOf } from './host-addresses';
import { sendMessage } from './sending';

const CONCURRENCY = 40;

describe('names for which no server answers', () => {
  let silent: Socket;
  let endpoint: Server;
  let asked = 0;

  beforeAll(async () => {
    silent = createSocket('udp4').on('message', () => (asked += 1));
    silent.bind(0, '127.0.0.1');
    endpoint = createServer((_, response) => response.writeHead(204).end());
    endpoint.listen(0, '127.0.0.1');
    await Promise.all([once(silent, 'listening'), once(endpoint, 'listening')]);
    const { port } = silent.address();
    const { Resolver } = dns.promises;
    jest.spyOn(dns.promises, 'Resolver').mockImplementation((options) => {
      const resolver = new Resolver(options);
      resolver.setServers([`127.0.0.1:${port}`]);
      return resolver;
    });
  });
  afterAll(() => {
    jest.restoreAllMocks();
    silent?.close();
    endpoint?.close();
  });

  it('keep neither other deliveries waiting nor anything else that the process does', async () => {
    const options = { local: true, patience: 3000 };
    const slow = Promise.all(
      Array.from({ length: CONCURRENCY }, (_, n) =>
        sendMessage({ url: `https://w${n}.slow.example/x`, headers: {}, body: '{}' }, options),
      ),
    );
    while (asked < CONCURRENCY) await new Promise((resolve) => setTimeout(resolve, 5));
    const { port } = endpoint.address() as AddressInfo;
    const quiet = () => sendMessage({ url: `http://localhost:${port}/hook`, headers: {}, body: '{}' }, options);
    for (let round = 0; round < 20; round += 1) expect(await quiet()).toEqual({ response_status: 204 });
    // getaddrinfo shares its threads with files and compression: they are free.
    await dns.promises.lookup('localhost');
    const told = new Set((await slow).map(({ error }) => error));
    expect([...told]).toEqual(['No answer came within 3 seconds.']);
  });

  it('are not asked for any more once nobody waits', async () => {
    const hangUp = new AbortController();
    const before = asked;
    const looked = addressesOf('cancelled.slow.example', hangUp.signal);
    while (asked === before) await new Promise((resolve) => setTimeout(resolve, 5));
    hangUp.abort();
    await expect(looked).rejects.toThrow('no address: silent');
  });

  it('are known from the hosts file without any question', async () => {
    const before = asked;
    const { signal } = new AbortController();
    const addresses = await addressesOf('LOCALHOST.', signal);
    expect(addresses[0]).toEqual({ address: '127.0.0.1', family: 4 });
    expect(asked).toBe(before);
  });
});
