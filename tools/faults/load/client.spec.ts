import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Balancer, type Replica } from './balancer';
import { Client, json } from './client';

interface Gateway extends Replica {
  readonly server: Server;
  served: number;
  ready: boolean;
}

const until = async (came: () => boolean): Promise<void> => {
  while (!came()) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('a client behind a balancer', () => {
  const gateways: Gateway[] = [];
  let balancer: Balancer;
  const answerOf: { current: RequestListener } = { current: () => undefined };

  const start = async (): Promise<Gateway> => {
    const server = createServer((request, response) => {
      if (request.url === '/health/ready') return void response.writeHead(gateway.ready ? 200 : 503).end();
      gateway.served += 1;
      answerOf.current(request, response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const gateway: Gateway = { server, url, readyUrl: `${url}/health/ready`, served: 0, ready: true };
    gateways.push(gateway);
    return gateway;
  };
  const served = (): number[] => gateways.map((gateway) => gateway.served);

  beforeEach(async () => {
    answerOf.current = (request, response) => void response.end(JSON.stringify({ asked: request.headers }));
    await start();
    await start();
    balancer = new Balancer(gateways);
  });
  afterEach(() => {
    balancer.close();
    for (const { server } of gateways.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('has gateways take turns, and says who it is', async () => {
    const client = new Client(balancer).with('token');
    const outcomes = [await client.ask('/a'), await client.ask('/b')];
    expect(served()).toEqual([1, 1]);
    expect(outcomes.map(({ ending, status }) => [ending, status])).toEqual([
      ['done', 200],
      ['done', 200],
    ]);
    const { asked } = json<{ asked: Record<string, string> }>(outcomes[0] as never) ?? {};
    expect(asked).toMatchObject({ authorization: 'Bearer token', 'cache-control': 'no-cache' });
  });

  it('gives nothing to a gateway that says it is not ready, and something again once it is', async () => {
    const [first, other] = gateways as [Gateway, Gateway];
    first.ready = false;
    await until(() => balancer.next().url !== first.url && balancer.next().url !== first.url);
    const before = first.served;
    for (let times = 0; times < 6; times += 1) await new Client(balancer).ask('/');
    expect([first.served, other.served]).toEqual([before, 6]);
    first.ready = true;
    await until(() => [balancer.next().url, balancer.next().url].includes(first.url));
  });

  it('tries all when none is ready', async () => {
    for (const gateway of gateways) gateway.ready = false;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await new Client(balancer).ask('/')).ending).toBe('done');
  });

  it('passes over one that takes no connection: nothing was sent', async () => {
    const [first] = gateways as [Gateway];
    first.server.close();
    first.server.closeAllConnections();
    const outcomes = [await new Client(balancer).ask('/'), await new Client(balancer).ask('/')];
    expect(outcomes.map(({ ending }) => ending)).toEqual(['done', 'done']);
  });

  it('asks no second time where a connection breaks: that one was cut', async () => {
    answerOf.current = ({ socket }) => void socket.destroy();
    const { ending, status } = await new Client(balancer).ask('/');
    expect([ending, status]).toEqual(['cut', 0]);
    expect(served().reduce((sum, count) => sum + count)).toBe(1);
  });

  it('counts an answer that breaks off as cut, too', async () => {
    answerOf.current = (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    };
    expect((await new Client(balancer).ask('/')).ending).toBe('cut');
  });

  it('sends JSON', async () => {
    let received = '';
    answerOf.current = (request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => (received += text));
      request.on('end', () => response.writeHead(422).end());
    };
    const outcome = await new Client(balancer).ask('/', { method: 'POST', body: { name: 'ä' } });
    expect([outcome.ending, outcome.status, received]).toEqual(['refused', 422, '{"name":"ä"}']);
  });
});
