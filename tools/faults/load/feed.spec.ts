import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Balancer } from './balancer';
import { Client } from './client';
import { Feed } from './feed';

const until = async (came: () => boolean): Promise<void> => {
  while (!came()) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('a live feed that is followed', () => {
  let server: Server;
  let balancer: Balancer;
  let feed: Feed;
  /** What each stream was asked to go on from, and the streams. */
  let asked: (string | undefined)[];
  let streams: ServerResponse[];

  beforeEach(async () => {
    asked = [];
    streams = [];
    server = createServer((request, response) => {
      if (request.url !== '/api/events') return void response.end();
      asked.push(request.headers['last-event-id'] as string | undefined);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      streams.push(response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    balancer = new Balancer([{ url, readyUrl: `${url}/health/ready` }]);
    feed = new Feed(new Client(balancer).with('token'));
    await until(() => streams.length === 1);
  });
  afterEach(() => {
    feed.close();
    balancer.close();
    server.closeAllConnections();
    server.close();
  });
  const send = (id: number, event: string): boolean | undefined =>
    streams.at(-1)?.write(`id: ${id}\nevent: ${event}\ndata: {}\n\n`);

  it('goes on where the last stream broke', async () => {
    send(7, 'ready');
    send(8, 'order.started');
    await until(() => feed.last === 8);
    streams[0]?.destroy();
    await until(() => streams.length === 2);
    send(8, 'ready');
    send(9, 'order.completed');
    await until(() => feed.last === 9);
    expect(asked).toEqual([undefined, '8']);
    expect(feed.problems).toEqual([]);
  });

  it('takes signs of life for no events', async () => {
    send(7, 'ready');
    streams[0]?.write(': beat\nid: 7\n\n');
    send(8, 'order.started');
    await until(() => feed.last === 8);
    expect(feed.problems).toEqual([]);
  });

  it.each([
    ['comes twice', [8, 8], 'order.started came as 8 to the feed, where 9 was due'],
    ['is left out', [8, 10], 'order.started came as 10 to the feed, where 9 was due'],
  ])('notices an event that %s', async (_, ids, problem) => {
    send(7, 'ready');
    for (const id of ids) send(id, 'order.started');
    await until(() => feed.problems.length > 0);
    expect(feed.problems).toEqual([problem]);
  });

  it('notices that its place was lost', async () => {
    send(7, 'ready');
    send(20, 'reset');
    await until(() => feed.problems.length > 0);
    expect(feed.problems).toEqual(['reset came as 20 to the feed, where 8 was due']);
  });
});
