import { connect, type NatsConnection } from '@nats-io/transport-node';
import { uses } from '../../broker/uses';
import { mayListen, mayPublish } from '../../broker/test/guarded-broker';
import { apps, charging } from '../../stack/apps';
import { backEndUser } from '../../stack/broker/users';
import type { Tally } from '../report/tally';
import { BACK_ENDS } from './back-ends';
import { type BrokerUnderAttack, open } from './broker-under-attack';
import { askEverything, sendAnswersElsewhere } from './jetstream';

const callsOf = (name: string): readonly string[] => uses[name]?.calls ?? [];
const ALL_CALLS = [...new Set(Object.values(uses).flatMap(({ calls }) => calls))];
/** The credential of all charging back ends, and those of single ones. */
const TELLING = [charging.name, ...BACK_ENDS.map(backEndUser)];
const STREAMS = ['FACTS', 'CHARGING', 'DEAD'];

/**
 * Uses every process's credential for what another process is there for: to call, to serve, to listen, to answer, and to
 * have the broker do any of it.
 */
export async function attackCredentials(broker: BrokerUnderAttack, tally: Tally): Promise<void> {
  const names = [...apps.map(({ name }) => name), ...TELLING];
  const let_: string[] = [];
  const counts = { asked: 0 };
  const count = (what: string, allowed: boolean): void => {
    counts.asked += 1;
    tally.counted('credentials', allowed ? 200 : 403);
    if (allowed) let_.push(what);
  };
  for (const name of names) {
    const connection = await open(broker, name);
    for (const [what, allowed] of await tries(connection, name, names)) count(`${name} ${what}`, allowed);
    await connection.close();
    for (const other of names.filter((one) => one !== name)) {
      count(`${name} with the password of ${other}`, await getsIn(broker, name, broker.password(other)));
    }
  }
  count('nobody', await getsIn(broker, '', ''));
  await askEverything(broker, count);
  await sendAnswersElsewhere(broker, count);
  const figures = [`${counts.asked} tries, ${let_.length} let through`, ...let_].join('; ');
  tally.checked('a credential of the broker used elsewhere', counts.asked > 5000 && let_.length === 0, figures);
}

async function tries(connection: NatsConnection, name: string, names: readonly string[]): Promise<[string, boolean][]> {
  const found: [string, boolean][] = [];
  const foreign = ALL_CALLS.filter((subject) => !callsOf(name).includes(subject));
  const others = names.filter((one) => one !== name);
  const published = [
    ...foreign,
    ...others.filter((one) => !TELLING.includes(one)).map((one) => `facts.${one}.things.changed.1`),
    ...([...TELLING, 'chargers'].includes(name) ? [] : ['charging.session.started']),
    // What a back end tells gets its name from the broker, and from nobody else.
    ...BACK_ENDS.map((one) => `charging.session.started.${one}`),
    ...STREAMS.flatMap((stream) =>
      ['PURGE', 'DELETE', 'UPDATE', 'MSG.GET'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
    ),
  ];
  // What it may write is a part of an inbox for each peer; no other part, and none that is for nobody.
  for (const caller of others) {
    const parts = others.filter((one) => one !== caller).map((one) => `_INBOX_${caller}.${one}.1`);
    published.push(`_INBOX_${caller}.1`, ...parts);
  }
  for (const subject of published) found.push([`publishes ${subject}`, await mayPublish(connection, subject)]);
  const heard = [
    ...others.flatMap((one) => [`${one}.>`, `_INBOX_${one}.>`]),
    '>',
    'facts.>',
    'charging.>',
    '$JS.>',
    '$SYS.>',
  ];
  for (const subject of heard) found.push([`hears ${subject}`, await mayListen(connection, subject)]);
  for (const other of others) found.push([`serves ${other}`, await mayListen(connection, `${other}.>`, other)]);
  return found;
}

async function getsIn(broker: BrokerUnderAttack, user: string, password: string): Promise<boolean> {
  try {
    const who = { user, pass: password, inboxPrefix: `_INBOX_${user}` };
    await (await connect({ servers: broker.url, ...who, reconnect: false })).close();
    return true;
  } catch {
    return false;
  }
}
