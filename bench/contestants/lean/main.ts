import { connect } from '@nats-io/transport-node';
import { routes } from '../shared/routes';
import { ready, settings } from '../shared/settings';
import { TokenCheck } from '../shared/token';

/** The lean hop: Fastify, one multiplexed request over the broker, the service's bytes spliced into the answer. */
async function main(): Promise<void> {
  const all = settings();
  const nats = await connect({ servers: all.natsUrl, noAsyncTraces: true });
  const ask = async (request: object): Promise<Uint8Array> =>
    (await nats.request('lean.reads', Buffer.from(JSON.stringify(request)), { timeout: 4000 })).data;
  await routes(new TokenCheck(all), (asked, person) => ask({ asked, person })).listen({ port: all.port });
  ready();
}

void main();
