import { jetstream } from '@nats-io/jetstream';
import { sessionStarted } from '@open-cpo/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { Publisher } from '../../tools/demo/publisher';
import { charging } from '../../tools/stack/apps';
import { brokerCredential } from '../../tools/stack/start/app-environment';
import { StackError } from '../../tools/stack/terminal';
import { ofSessions } from '../contestants/shared/events';
import type { SessionBegun } from '../contestants/shared/sessions';
import type { BenchStack } from '../stack/bench-stack';

/** A write without a request: a charging back end publishes that a session begins. */
export const ORDER = 'order with a webhook';
/** Sessions that begin for each second of a measurement. */
const A_SECOND = 300;

/** Where a session begins. */
export interface Place {
  readonly token: string;
  readonly connector: number | null;
}

/** How sessions reach a target, and where the deliveries of its webhook are. */
export class SessionsSide {
  private constructor(
    private readonly send: (session: SessionBegun) => Promise<void>,
    private readonly database: Client,
    readonly close: () => Promise<void>,
  ) {}

  static async ofPlatform(stack: BenchStack): Promise<SessionsSide> {
    const { NATS_USER: user, NATS_PASSWORD: password } = brokerCredential(charging, stack.facts);
    const publisher = await Publisher.open({ natsUrl: stack.addresses.natsUrl, user, password });
    const database = await opened(stack.databaseUrl('notifications'));
    const send = (session: SessionBegun): Promise<void> => {
      const payload = { version: 1, ...session };
      return publisher.publish({
        id: session.session_id,
        domainEvent: sessionStarted,
        payload,
        at: new Date(session.time),
      });
    };
    return new SessionsSide(send, database, async () => void (await Promise.all([publisher.close(), database.end()])));
  }

  static async ofBaseline(nats: NatsConnection, stream: string, notifications: string): Promise<SessionsSide> {
    const database = await opened(notifications);
    const subject = `${ofSessions(stream)}.started`;
    const send = async (session: SessionBegun): Promise<void> =>
      void (await jetstream(nats).publish(subject, JSON.stringify(session), { msgID: session.session_id }));
    return new SessionsSide(send, database, () => database.end());
  }

  /** Publishes sessions, `connections` at once; answers how many. */
  async begin(places: readonly Place[], milliseconds: number, connections: number): Promise<number> {
    const count = Math.max(connections, Math.round((milliseconds * A_SECOND) / 1000));
    let left = count;
    const work = async (): Promise<void> => {
      while (left > 0) await this.send(sessionAt(places, (left -= 1)));
    };
    await Promise.all(Array.from({ length: connections }, work));
    return count;
  }

  async deliveries(): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>('select count(*)::int from webhook_deliveries');
    return rows[0]?.count ?? 0;
  }

  /** What the webhook is sent last. @throws StackError when nothing is */
  async lastDelivery(): Promise<object> {
    const text = 'select body from webhook_deliveries order by id desc limit 1';
    const [row] = (await this.database.query<{ body: string }>(text)).rows;
    if (!row) throw new StackError('No webhook is sent the order.');
    return JSON.parse(row.body) as object;
  }
}

let begun = 0;

function sessionAt(places: readonly Place[], turn: number): SessionBegun {
  const { token = '', connector = null } = places[turn % places.length] ?? {};
  begun += 1;
  return {
    session_id: `bench-${process.pid}-${begun}`,
    token,
    connector_number: connector,
    driver_id: 1000 + turn,
    payment: 'electronic',
    requested_quantity: '120',
    meter_wh: 0,
    time: new Date().toISOString(),
  };
}

async function opened(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}
