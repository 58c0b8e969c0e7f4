import { connect } from '@nats-io/transport-node';
import { routes } from '../shared/routes';
import { ready, settings } from '../shared/settings';
import { TokenCheck } from '../shared/token';
import { loginRoute, writeRoutes } from '../shared/write-routes';

/** The lean hop: Fastify, one multiplexed request over the broker, the service's bytes spliced into the answer. */
async function main(): Promise<void> {
  const all = settings();
  const nats = await connect({ servers: all.natsUrl, noAsyncTraces: true });
  const ask = async (subject: string, request: object): Promise<Uint8Array> =>
    (await nats.request(subject, Buffer.from(JSON.stringify(request)), { timeout: 4000 })).data;
  const check = new TokenCheck(all);
  const server = routes(check, (asked, person) => ask('lean.reads', { asked, person }));
  writeRoutes(server, check, (asked) => ask('lean.writes', asked));
  loginRoute(server, (asked) => ask('lean.logins', asked));
  await server.listen({ port: all.port });
  ready();
}

void main();
