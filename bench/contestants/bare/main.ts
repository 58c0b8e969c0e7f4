import { connect } from '@nats-io/transport-node';
import { Logins } from '../shared/logins';
import { keepAll, makeStream, Outgoing } from '../shared/events';
import { Reads } from '../shared/reads';
import { routes } from '../shared/routes';
import { keepSessions } from '../shared/sessions';
import { ready, settings } from '../shared/settings';
import { TokenCheck } from '../shared/token';
import { loginRoute, writeRoutes } from '../shared/write-routes';
import { Writes } from '../shared/writes';

/** The bare limit: one process, no framework beyond Fastify, no broker but for events. */
async function main(): Promise<void> {
  const all = settings();
  const reads = new Reads(all);
  await reads.open();
  const check = new TokenCheck(all);
  const server = routes(check, (asked, person) => reads.json(asked, person));
  const { copies } = all;
  if (copies) {
    const nats = await connect({ servers: all.natsUrl, noAsyncTraces: true });
    await makeStream(nats, copies);
    const outgoing = new Outgoing(nats, copies);
    const writes = new Writes(all, copies, () => outgoing.poke());
    await writes.open();
    await keepAll(nats, copies);
    await keepSessions(nats, copies, writes, () => outgoing.poke());
    writeRoutes(server, check, (asked) => writes.json(asked));
    const logins = new Logins(copies);
    loginRoute(server, (asked) => logins.json(asked));
  }
  await server.listen({ port: all.port });
  ready();
}

void main();
