import { connect, type NatsConnection } from 'nats';
import { mayListen, mayPublish } from '../../broker/test/guarded-broker';
import { apps, charging } from '../../stack/apps';
import uses from '../../stack/broker/uses.json';
import type { Tally } from '../report/tally';

/** The broker of the platform under attack, and the credentials that its processes have. */
export interface BrokerUnderAttack {
  readonly url: string;
  readonly password: (name: string) => string;
}

const CALLS: Readonly<Record<string, { readonly calls: readonly string[] }>> = uses;
const callsOf = (name: string): readonly string[] => CALLS[name]?.calls ?? [];
const ALL_CALLS = [...new Set(Object.values(CALLS).flatMap(({ calls }) => calls))];
const STREAMS = ['FACTS', 'CHARGING', 'DEAD'];

/** Uses every process's credential for what another process is there for: to call, to serve, to listen, to empty. */
export async function attackCredentials(broker: BrokerUnderAttack, tally: Tally): Promise<void> {
  const names = [...apps.map(({ name }) => name), charging.name];
  const let_: string[] = [];
  const counts = { asked: 0 };
  const count = (what: string, allowed: boolean): void => {
    counts.asked += 1;
    tally.counted('credentials', allowed ? 200 : 403);
    if (allowed) let_.push(what);
  };
  for (const name of names) {
    const connection = await open(broker, name, broker.password(name));
    for (const [what, allowed] of await tries(connection, name, names)) count(`${name} ${what}`, allowed);
    await connection.close();
    for (const other of names.filter((one) => one !== name)) {
      count(`${name} with the password of ${other}`, await getsIn(broker, name, broker.password(other)));
    }
  }
  count('nobody', await getsIn(broker, '', ''));
  const figures = [`${counts.asked} tries, ${let_.length} let through`, ...let_].join('; ');
  tally.checked('a credential of the broker used elsewhere', counts.asked > 500 && let_.length === 0, figures);
}

async function tries(connection: NatsConnection, name: string, names: readonly string[]): Promise<[string, boolean][]> {
  const found: [string, boolean][] = [];
  const foreign = ALL_CALLS.filter((subject) => !callsOf(name).includes(subject));
  const others = names.filter((one) => one !== name);
  const published = [
    ...foreign,
    ...others.filter((one) => one !== charging.name).map((one) => `facts.${one}.things.changed.1`),
    ...(name === charging.name ? [] : ['charging.session.started']),
    ...STREAMS.flatMap((stream) =>
      ['PURGE', 'DELETE', 'UPDATE', 'MSG.GET'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
    ),
  ];
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

const open = ({ url }: BrokerUnderAttack, user: string, pass: string): Promise<NatsConnection> =>
  connect({ servers: url, user, pass, inboxPrefix: `_INBOX_${user}`, reconnect: false });

async function getsIn(broker: BrokerUnderAttack, user: string, password: string): Promise<boolean> {
  try {
    await (await open(broker, user, password)).close();
    return true;
  } catch {
    return false;
  }
}
