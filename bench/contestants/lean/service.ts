import { connect } from '@nats-io/transport-node';
import { type Asked, Reads } from '../shared/reads';
import { type Person, ready, settings } from '../shared/settings';

interface Request {
  readonly asked: Asked;
  readonly person: Person;
}

/** The far end of the lean hop: a subscriber with a prepared statement. */
async function main(): Promise<void> {
  const all = settings();
  const reads = new Reads(all);
  await reads.open();
  const nats = await connect({ servers: all.natsUrl, noAsyncTraces: true });
  nats.subscribe('lean.reads', {
    queue: 'lean',
    callback: (_error, message) => {
      const { asked, person } = message.json<Request>();
      void reads.json(asked, person).then((json) => message.respond(Buffer.from(json)));
    },
  });
  await nats.flush();
  ready();
}

void main();
