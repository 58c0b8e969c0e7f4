import { randomBytes } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { consumers, everyRequest, isOwn, STREAMS } from '../../broker/test/every-request';
import { uses } from '../../broker/uses';
import { mayPublish } from '../../broker/test/guarded-broker';
import { operator, setup } from '../../stack/apps';
import { type BrokerUser, brokerUsers } from '../../stack/broker/users';
import { BACK_ENDS } from './back-ends';
import { type BrokerUnderAttack, open } from './broker-under-attack';

/** Every user but the one that is there to make streams and consumers. */
const users = brokerUsers(uses, BACK_ENDS).filter(({ owner }) => owner !== setup.name);
const callsOf = brokerUsers(uses).flatMap(({ publish }) =>
  publish.filter((subject) => /^[a-z-]+(\.[a-z-]+){2}$/.test(subject)),
);

/** Asks everything of JetStream, and calls everything, as everybody: what was let through beyond their own. */
export async function askEverything(broker: BrokerUnderAttack, count: (what: string, allowed: boolean) => void) {
  for (const { user, owner, publish } of users) {
    const connection = await open(broker, user, owner);
    const api = user.endsWith('-streams') ? ['$JS.API', 'streams.API'] : ['$JS.API'];
    const asked = api.flatMap((prefix) => everyRequest.map((request) => `${prefix}.${request}`));
    const own = isOwn(publish);
    for (const subject of [...asked, ...acknowledgements, ...new Set(callsOf)].filter((one) => !own(one))) {
      count(`${user} publishes ${subject}`, await mayPublish(connection, subject));
    }
    await connection.close();
  }
}

const acknowledgements = consumers.map(({ stream, as }) => `$JS.ACK.${stream}.${as}.1.1.1.1.0`);

/**
 * What a user may ask of JetStream, with answers that are to go to others: to inboxes, events, dead letters, files, and to
 * the API itself. Subjects are such that nothing else has them.
 */
export async function sendAnswersElsewhere(broker: BrokerUnderAttack, count: (what: string, arrived: boolean) => void) {
  const mark = `attack-${randomBytes(8).toString('hex')}`;
  const watched = await Watched.begin(broker, mark);
  // Operators may tell any event anyway.
  const askers = users.filter(({ owner, publish }) => owner !== operator.name && publish.some(isOfStreams));
  for (const asking of askers) {
    const connection = await open(broker, asking.user, asking.owner);
    for (const [subject, body] of await requestsOf(connection, asking)) {
      for (const reply of elsewhere(mark).filter((one) => !isOwn(asking.publish)(one))) {
        connection.publish(subject, body, { reply });
        await connection.flush();
        count(`${asking.user} has an answer of ${subject} sent to ${reply}`, false);
      }
    }
    await connection.close();
  }
  for (const what of await watched.end()) count(what, true);
}

const isOfStreams = (subject: string): boolean => /^streams\.API\.|^charging\./.test(subject);

const elsewhere = (mark: string): string[] => [
  `facts.auth.users.changed.${mark}`,
  `dead.orders-sessions.charging.session.${mark}`,
  `charging.session.${mark}`,
  `charging.session.started.${mark}`,
  ...['auth', 'stations'].map((service) => `_INBOX_gateway.${service}.${mark}`),
  `changes.${mark}.x`,
  `$O.exports.C.${mark}`,
  `$O.UPLOADS.M.${mark}`,
  // Nothing that would empty what is then to be found.
  ...STREAMS.map((stream) => `$JS.API.STREAM.UPDATE.${stream}`),
  `$JS.API.STREAM.CREATE.${mark}`,
];

/** What it may ask, with a body that would do harm where it is taken for a request. */
async function requestsOf(connection: NatsConnection, { owner, publish }: BrokerUser): Promise<[string, string][]> {
  const evil = JSON.stringify({
    name: 'OBJ_exports',
    subjects: ['$O.exports.>'],
    republish: { src: '>', dest: 'x.>' },
  });
  const requests: [string, string][] = [];
  // The acknowledgement of an app's own event can be sent anywhere (docs/security.md), whichever stream it is for.
  const asks = owner === 'chargers' ? /^(streams\.API|\$O)\./ : /^(streams\.API|charging|\$O)\./;
  for (const pattern of publish.filter((one) => asks.test(one))) {
    const subject = pattern
      .replace('*.*', 'attack.x')
      .replace('>', pattern.startsWith('$O.') ? 'C.attack' : 'attack.x');
    if (subject.includes('STREAM.PURGE')) continue;
    if (!pattern.includes('DIRECT.GET')) requests.push([subject, subject.includes('MSG.NEXT') ? NEXT : evil]);
    else if (!pattern.endsWith('>')) requests.push([subject, JSON.stringify({ last_by_subj: '$O.UPLOADS.C.attack' })]);
  }
  // First what is stored, then what is read of it.
  requests.sort(([one], [other]) => Number(one.startsWith('streams.')) - Number(other.startsWith('streams.')));
  await connection.flush();
  return requests;
}

const NEXT = JSON.stringify({ batch: 1, no_wait: true });

/** What all who could hear of it heard, and what became of the streams. */
class Watched {
  private constructor(
    private readonly mark: string,
    private readonly staff: NatsConnection,
    private readonly gateway: NatsConnection,
    private readonly heard: string[],
    private readonly before: string,
  ) {}

  static async begin(broker: BrokerUnderAttack, mark: string): Promise<Watched> {
    const [staff, gateway] = [await open(broker, setup.name), await open(broker, 'gateway')];
    const heard: string[] = [];
    const callback = (_error: Error | null, { subject }: { subject: string }): void => {
      if (subject.includes(mark)) heard.push(`the gateway heard ${subject}`);
    };
    for (const subject of ['_INBOX_gateway.>', 'facts.auth.users.changed.*', 'changes.>'])
      gateway.subscribe(subject, { callback });
    await gateway.flush();
    return new Watched(mark, staff, gateway, heard, await configurations(staff));
  }

  async end(): Promise<string[]> {
    const manager = await jetstreamManager(this.staff);
    await this.gateway.flush();
    const stored: string[] = [];
    for (const stream of STREAMS) {
      const { state } = await manager.streams.info(stream, { subjects_filter: '>' });
      const marked = Object.keys(state.subjects ?? {}).filter((subject) => subject.includes(this.mark));
      stored.push(...marked.map((subject) => `stream ${stream} has ${subject}`));
    }
    const changed = (await configurations(this.staff)) === this.before ? [] : ['a stream has another configuration'];
    await Promise.all([this.staff.close(), this.gateway.close()]);
    return [...this.heard, ...stored, ...changed];
  }
}

async function configurations(staff: NatsConnection): Promise<string> {
  const manager = await jetstreamManager(staff);
  const infos = await Promise.all(STREAMS.map((stream) => manager.streams.info(stream)));
  return JSON.stringify(infos.map(({ config, state }) => [config, state.consumer_count]));
}
