import { buckets } from '@open-cpo/files';
import { streams } from '@open-cpo/events';
import { jetstream, type JetStreamManager, jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import { setUpBroker } from '../broker-setup/set-up';
import { operator } from '../operator/operator';
import { pause } from '../stack/processes';
import { BrokerCluster, passwordOf } from './test/broker-cluster';
import { consumers, imported } from './test/every-request';

const declared = [...streams, ...buckets];
const EVENTS = 200;
const READER = consumers.find(({ stream, filter }) => stream === 'FACTS' && filter === 'facts.auth.users.changed.*');

/** Tries until it works: a cluster that has just started or lost a node elects leaders and counts its peers first. */
async function eventually<T>(work: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    try {
      // A request that lost its node may never be answered: it is made again.
      const result = await Promise.race([work(), pause(10_000).then(() => Promise.reject(new Error('timeout')))]);
      if (result !== undefined) return result;
    } catch (error) {
      if (!/unavailable|timeout|503|no responders|not enabled|no suitable peers/i.test(String(error))) throw error;
    }
    await pause(200);
  }
}

describe('a broker of three nodes', () => {
  let cluster: BrokerCluster;
  beforeAll(async () => {
    cluster = await BrokerCluster.start('nats-0', 'nats-1', 'nats-2');
  });
  afterAll(() => cluster?.stop());

  const setUp = (replicas?: number): Promise<true> =>
    eventually(async () => {
      const options = { natsUrl: cluster.natsUrl, user: 'setup', password: passwordOf('setup'), consumers, replicas };
      await setUpBroker(options);
      return true as const;
    });
  const managed = async (): Promise<JetStreamManager> =>
    jetstreamManager(await cluster.node.as('setup', passwordOf('setup')), { checkAPI: false });
  const facts = (): Promise<StreamInfo> => eventually(async () => (await managed()).streams.info('FACTS'));
  const asOperator = async (...args: string[]): Promise<Record<string, unknown>[]> => {
    const settings = { natsUrl: cluster.natsUrl, user: 'operator', password: passwordOf('operator') };
    const { out = '', error } = await operator([...args, '--json'], settings);
    expect(error).toBeUndefined();
    return JSON.parse(out) as Record<string, unknown>[];
  };
  /** Publishes numbered events; each is acknowledged. */
  async function publish(from: number, count: number): Promise<void> {
    for (let id = from; id < from + count; id += 1) {
      const msgID = `event-${id}`;
      await eventually(async () => {
        const auth = jetstream(await cluster.node.as('auth', passwordOf('auth')));
        return auth.publish(`facts.auth.users.changed.${id}`, `${id}`, { msgID });
      });
    }
  }

  it('gets as many replicas of each stream as are configured, existing streams too', async () => {
    await setUp();
    await publish(0, EVENTS);
    expect((await facts()).config.num_replicas).toBe(1);
    await setUp(3);
    const all = await eventually(async () => {
      const rows = await asOperator('broker', 'streams');
      return rows.every(({ followers }) => followers === '2 current') ? rows : undefined;
    });
    expect(all.map(({ stream }) => stream).sort()).toEqual(declared.map(({ name }) => name).sort());
    expect(new Set(all.map(({ replicas }) => replicas))).toEqual(new Set([3]));
    // Without a number they are left alone.
    await setUp();
    expect((await facts()).config.num_replicas).toBe(3);
  });

  it('loses no event and goes on when the node is lost that leads the stream', async () => {
    const leader = (await facts()).cluster?.leader ?? '';
    await cluster.kill(leader);
    await publish(EVENTS, EVENTS);
    const { state } = await facts();
    expect(state.messages).toBe(2 * EVENTS);
    // Until each stream has another leader, and knows which follower is gone.
    await eventually(async () => {
      const rows = await asOperator('broker', 'streams');
      const { followers } = rows.find(({ stream }) => stream === 'FACTS') ?? {};
      return /^1 current/.test(String(followers)) ? rows : undefined;
    });
    await cluster.open(leader);
  });

  it('hands every event to a consumer, also of a node that is back', async () => {
    const { as = '', name = '' } = READER ?? {};
    const asked = await cluster.node.as(`${name}-streams`, passwordOf(name), { inboxPrefix: `_INBOX_${name}` });
    const consumer = await eventually(() => jetstream(asked, imported).consumers.get('FACTS', as));
    const wanted = 2 * EVENTS;
    const seen = new Set<string>();
    while (seen.size < wanted) {
      const message = await eventually(async () => (await consumer.next({ expires: 5000 })) ?? undefined);
      seen.add(message.string());
      await message.ackAck();
    }
    expect(seen.size).toBe(wanted);
    const rows = await eventually(() => asOperator('broker', 'consumers', 'FACTS'));
    expect(rows.find((row) => row.consumer === as)).toMatchObject({ pending: 0, unacknowledged: 0 });
  });

  it('is checked with the credential of operators', async () => {
    expect(await asOperator('broker', 'check')).toEqual([
      expect.objectContaining({ streams: declared.length, storage: expect.any(Number) }),
    ]);
  });
});
