import { connect, type NatsConnection } from '@nats-io/transport-node';
import { keepAll, makeStream, Outgoing } from '../shared/events';
import { type LoginAsked, Logins } from '../shared/logins';
import { type Asked, Reads } from '../shared/reads';
import { keepSessions } from '../shared/sessions';
import { type Copies, type Person, ready, type Settings, settings } from '../shared/settings';
import type { WriteAsked } from '../shared/write-views';
import { Writes } from '../shared/writes';

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
  if (all.copies) await serveWrites(nats, all, all.copies);
  await nats.flush();
  ready();
}

async function serveWrites(nats: NatsConnection, all: Settings, copies: Copies): Promise<void> {
  await makeStream(nats, copies);
  const outgoing = new Outgoing(nats, copies);
  const writes = new Writes(all, copies, () => outgoing.poke());
  await writes.open();
  await keepAll(nats, copies);
  await keepSessions(nats, copies, writes, () => outgoing.poke());
  nats.subscribe('lean.writes', {
    queue: 'lean',
    callback: (_error, message) => {
      void writes.json(message.json<WriteAsked>()).then((json) => message.respond(Buffer.from(json)));
    },
  });
  const logins = new Logins(copies);
  nats.subscribe('lean.logins', {
    queue: 'lean',
    callback: (_error, message) => {
      void logins.json(message.json<LoginAsked>()).then((json) => message.respond(Buffer.from(json)));
    },
  });
}

void main();
