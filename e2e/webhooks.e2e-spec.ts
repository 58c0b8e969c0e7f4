import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { environment } from '@open-cpo/platform';
import { Webhook } from 'standardwebhooks';
// eslint-disable-next-line @nx/enforce-module-boundaries -- a charging back end, as the demo plays one
import { Publisher } from '../tools/demo/publisher';
// eslint-disable-next-line @nx/enforce-module-boundaries -- as above
import { eventsOf } from '../tools/demo/session';
import { at, demoUser, send } from './client';

interface Came {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: { id: string; type: string; sequence: number; data: Record<string, unknown> };
}
interface PowerCenter {
  readonly id: number;
  readonly token: string;
  readonly configured: number;
  readonly connectors: readonly { readonly number: number | null }[];
}

const until = async <T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('an owner’s own server', () => {
  const came: Came[] = [];
  /** What it answers next; nothing: that all is well. */
  const answers: number[] = [];
  let server: Server;
  let token: string;
  let hook: { id: number; secret: string };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += String(piece)));
      request.on('end', () => {
        came.push({ headers: request.headers, body, event: JSON.parse(body) as Came['event'] });
        response.writeHead(answers.shift() ?? 204).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    token = await demoUser('rival');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const body = { url, events: ['order.started', 'order.completed', 'order.rated'] };
    const made = await send('POST', '/api/webhooks', { token, body });
    hook = { id: at<number>(made, 'results', 'id'), secret: at<string>(made, 'results', 'secret') };
  });
  afterAll(async () => {
    await send('DELETE', `/api/webhooks/${hook.id}`, { token });
    server.close();
  });

  const believed = ({ headers, body }: Came): unknown =>
    new Webhook(hook.secret).verify(body, headers as Record<string, string>);
  const first = (type: string): Promise<Came> => until(() => came.find(({ event }) => event.type === type));
  const ask = (method: string, path: string) => send(method, `/api/webhooks/${hook.id}${path}`, { token });

  /** A power center that is in order, as charging back ends know it. */
  async function powerCenter(): Promise<PowerCenter> {
    const all = Object.values(
      (await send('GET', '/api/charge-points', { token })).body as Record<string, { id: number }>,
    );
    for (const { id } of all) {
      const one = (await send('GET', `/api/charge-points/${id}`, { token })).body as PowerCenter;
      if (one.configured === 1 && one.connectors.length > 0) return one;
    }
    throw new Error('The demo data has power centers.');
  }

  /** A driver has charged for half an hour and has rated it. */
  async function charge({ token: name, connectors }: PowerCenter): Promise<void> {
    const publisher = await Publisher.open({ natsUrl: environment().TEST_NATS_URL ?? '' });
    const begin = new Date(Date.now() - 60 * 60_000);
    const feedback = { rating: '4.50', message: 'Good.', minutesLater: 1 };
    const about = { token: name, connector: connectors[0]?.number ?? null, driver: 7, rfid: null, requested: '10' };
    const session = { id: `journey-${randomUUID()}`, ...about, begin, minutes: 30, kilowatts: 7, feedback };
    await publisher.publishAll(eventsOf(session));
    await publisher.close();
  }

  it('receives the events of an order from its beginning to its rating, each with a valid signature', async () => {
    const { id } = await powerCenter().then(async (one) => {
      await charge(one);
      return one;
    });
    const [started, completed, rated] = [
      await first('order.started'),
      await first('order.completed'),
      await first('order.rated'),
    ];
    for (const one of [started, completed, rated]) {
      expect(believed(one)).toEqual(one.event);
      expect(one.headers['webhook-id']).toBe(one.event.id);
    }
    expect(started.event.data).toMatchObject({ charge_point_id: id, status: 0 });
    expect(completed.event.data).toMatchObject({ id: started.event.data.id, status: 1, currency: 'USD' });
    expect(rated.event.data).toMatchObject({ id: started.event.data.id, rating: '4.50', previous_rating: null });
    expect(completed.event.sequence).toBeGreaterThan(started.event.sequence);
    const order = await send('GET', `/api/orders/${String(started.event.data.id)}`, { token });
    expect(order.status).toBe(200);
    // Another secret, or another body, is rejected.
    expect(() =>
      new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(started.body, started.headers as never),
    ).toThrow();
    expect(() => believed({ ...started, body: `${started.body} ` })).toThrow();
  });

  it('receives a failed event again with the same id, and any event that it asks for', async () => {
    answers.push(500);
    const test = await ask('POST', '/test');
    const id = at<number>(test, 'results', 'id');
    const tries = () => came.filter(({ event }) => event.id === at<string>(test, 'results', 'event_id'));
    await until(() => (tries().length === 2 ? true : undefined));
    expect(tries().map((one) => (believed(one) as Came['event']).type)).toEqual(['ping', 'ping']);
    const row = async () => {
      const rows = at<{ id: number; status: string; attempts: number }[]>(
        await ask('GET', '/deliveries'),
        'results',
        'data',
      );
      return rows.find((one) => one.id === id);
    };
    expect(await until(async () => ((await row())?.status === 'delivered' ? row() : undefined))).toMatchObject({
      attempts: 2,
    });

    expect((await ask('POST', `/deliveries/${id}/replay`)).status).toBe(200);
    await until(() => (tries().length === 3 ? true : undefined));
    expect(new Set(tries().map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });
});
