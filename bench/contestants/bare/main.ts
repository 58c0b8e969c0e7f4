import { Reads } from '../shared/reads';
import { routes } from '../shared/routes';
import { ready, settings } from '../shared/settings';
import { TokenCheck } from '../shared/token';

/** The bare limit: one process, no framework beyond Fastify, no broker. */
async function main(): Promise<void> {
  const all = settings();
  const reads = new Reads(all);
  await reads.open();
  await routes(new TokenCheck(all), (asked, person) => reads.json(asked, person)).listen({ port: all.port });
  ready();
}

void main();
