import { randomBytes } from 'node:crypto';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { operator } from '../../stack/apps';
import { backEndUser } from '../../stack/broker/users';
import { pause } from '../../stack/processes';
import type { Tally } from '../report/tally';
import { withClient } from '../environment/databases';
import { type BrokerUnderAttack, open } from './broker-under-attack';

/** Charging back ends of the platform under attack; no power center is assigned to them. */
export const BACK_ENDS = ['acme', 'volta'];

/** Looks for the dead letters before we say that something was believed. */
const LOOKS = 600;

interface Databases {
  readonly stations: string;
  readonly orders: string;
}

/** Reports for power centers that the back end does not serve: nothing may come of it but dead letters. */
export async function attackBackEnds(broker: BrokerUnderAttack, databases: Databases, tally: Tally): Promise<void> {
  const before = await states(databases.stations);
  const mark = `attack-${randomBytes(6).toString('hex')}`;
  const [name = ''] = BACK_ENDS;
  const backEnd = await open(broker, backEndUser(name));
  const time = new Date().toISOString();
  const events = before.flatMap(({ id, token }): [string, object][] => [
    ['charger.disconnected', { token }],
    ['connector.status', { charge_point_id: id, connector_number: 1, status: 'unavailable' }],
    ['session.started', { session_id: `${mark}-${id}`, token, connector_number: 1 }],
  ]);
  for (const [event, payload] of events) {
    const head = headers();
    head.set('Nats-Msg-Id', `${mark}-${event}-${JSON.stringify(payload)}`);
    const body = JSON.stringify({ version: 1, time, ...payload });
    await jetstream(backEnd).publish(`charging.${event}`, body, { headers: head });
    tally.counted('back ends', 403);
  }
  await backEnd.close();
  const dead = await deadOf(broker, name, events.length);
  const changed = JSON.stringify(await states(databases.stations)) !== JSON.stringify(before);
  const text = 'select count(*)::int as count from sessions where session_id like $1';
  const heard = await withClient(databases.orders, (client) => client.query<{ count: number }>(text, [`%${mark}%`]));
  const believed = (heard.rows[0]?.count ?? 0) + (changed ? 1 : 0);
  const figures = `${events.length} reports, ${dead} dead-lettered, ${believed} believed`;
  tally.checked('a back end for power centers of others', dead === events.length && believed === 0, figures);
}

async function states(stations: string) {
  const text = `select c.id, c.token, c.connected, array_agg(m.status order by m.id) as statuses
    from charge_points c join charge_point_connectors m on m.charge_point_id = c.id
    where c.deleted_at is null and c.connected group by c.id order by c.id limit 3`;
  const { rows } = await withClient(stations, (client) => client.query<{ id: number; token: string }>(text));
  return rows;
}

async function deadOf(broker: BrokerUnderAttack, name: string, wanted: number): Promise<number> {
  const staff = await open(broker, operator.name);
  const { streams } = await jetstreamManager(staff);
  let found = 0;
  for (let looks = 0; looks < LOOKS && found < wanted; looks += 1) {
    const { state } = await streams.info('DEAD', { subjects_filter: 'dead.*.charging.>' });
    const own = Object.entries(state.subjects ?? {}).filter(([subject]) => subject.endsWith(`.${name}`));
    found = own.reduce((sum, [, count]) => sum + count, 0);
    if (found < wanted) await pause(100);
  }
  await staff.close();
  return found;
}
