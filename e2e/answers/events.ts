import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { environment } from '@open-cpo/platform';
import { until } from '@open-cpo/testing';
import { at } from '../client';
import type { People } from './person';

/** An owner's server that receives events, and the live feed. */
export async function events(people: People): Promise<void> {
  const { ask } = await people.owner();
  const server = createServer((_, response) => response.writeHead(204).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const made = await ask('POST', '/api/webhooks', {
    body: { url, description: 'Accounting', events: ['order.completed'] },
  });
  const one = `/api/webhooks/${at<number>(made, 'results', 'id')}`;
  await ask('GET', '/api/webhooks');
  await ask('PATCH', one, { body: { description: 'Books', active: true } });
  await ask('POST', `${one}/secret`);
  const ping = at<number>(await ask('POST', `${one}/test`), 'results', 'id');
  const isDelivered = async () =>
    at(await ask('GET', `${one}/deliveries`), 'results', 'data', 0, 'status') === 'delivered';
  await until(isDelivered, 'the test to be delivered');
  await ask('POST', `${one}/deliveries/${ping}/replay`);
  await ask('GET', one);
  await ask('DELETE', one);
  server.close();
  server.closeAllConnections();
  await follow(people, at(await ask('POST', '/api/events/tickets'), 'results', 'ticket'));
}

/** The feed has no end: its beginning is looked at. */
async function follow({ described }: People, ticket: string): Promise<void> {
  const abort = new AbortController();
  const url = `${environment().TEST_GATEWAY_URL}/api/events?ticket=${ticket}`;
  const { status, headers } = await fetch(url, { signal: abort.signal });
  described.check('GET', '/api/events', { status, headers, body: undefined });
  abort.abort();
}
