import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { setUpBroker } from '../broker-setup/set-up';
import { brokerAccounts } from '../stack/broker/users';
import { adoptStreams } from '../stack/servers/nats';
import { natsConfig, withPasswords } from '../stack/servers/nats-config';
import { consumers, imported } from './test/every-request';
import { GuardedBroker } from './test/guarded-broker';
import { uses } from './uses';

const password = (owner: string): string => `${owner}-secret`;

describe('a broker of a version without accounts', () => {
  let store: string;
  let broker: GuardedBroker;
  let setup: NatsConnection;

  beforeAll(async () => {
    store = mkdtempSync(join(tmpdir(), 'upgrade-'));
    const before = await GuardedBroker.start(
      (port) => `host: 127.0.0.1\nport: ${port}\njetstream { store_dir: "${store}" }\n`,
    );
    const nats = await before.as('', '');
    const manager = await jetstreamManager(nats);
    await manager.streams.add({ name: 'FACTS', subjects: ['facts.>'] });
    await manager.streams.add({
      name: 'OBJ_exports',
      subjects: ['$O.exports.C.>', '$O.exports.M.>'],
      allow_direct: true,
    });
    const filter = 'facts.auth.users.changed.*';
    await manager.consumers.add('FACTS', {
      durable_name: 'orders-users',
      filter_subject: filter,
      ack_policy: AckPolicy.Explicit,
    });
    // Somebody has messages pushed elsewhere: it is not one of ours.
    await manager.consumers.add('FACTS', {
      durable_name: 'orders-rates',
      filter_subject: 'facts.auth.currencies.rates-changed.*',
      ack_policy: AckPolicy.Explicit,
      deliver_subject: 'auth.members.invite',
    });
    for (const id of [1, 2]) await jetstream(nats).publish(`facts.auth.users.changed.${id}`, `{"id":${id}}`);
    await jetstream(nats).publish('facts.orders.orders.completed.1', '{}');
    await jetstream(nats).publish('$O.exports.C.x', 'piece');
    const message = await (await jetstream(nats).consumers.get('FACTS', 'orders-users')).next();
    await message?.ackAck();
    await before.stop();

    adoptStreams(join(store, 'jetstream'));
    const accounts = withPasswords(brokerAccounts(uses), password);
    broker = await GuardedBroker.start((port) => natsConfig({ port, storeFolder: store, accounts }));
    await setUpBroker({ natsUrl: broker.url, user: 'setup', password: password('setup'), consumers });
    setup = await broker.as('setup', password('setup'));
  });
  afterAll(async () => {
    await broker?.stop();
    rmSync(store, { recursive: true, force: true });
  });

  it('keeps its events, and goes on where its consumers were', async () => {
    const orders = await broker.as('orders-streams', password('orders'), { inboxPrefix: '_INBOX_orders' });
    const consumer = await jetstream(orders, imported).consumers.get('FACTS', 'orders-users');
    expect((await consumer.next())?.json()).toEqual({ id: 2 });
  });

  it('gives a consumer that is new the past for what it keeps, and nothing of it for what it tells people', async () => {
    const { consumers: found } = await jetstreamManager(setup);
    const waiting = async (name: string): Promise<number> => (await found.info('FACTS', name)).num_pending;
    expect(await waiting('stations-orders')).toBe(1);
    expect(await waiting('notifications-orders')).toBe(0);
  });

  it('keeps its files', async () => {
    const gateway = await broker.as('gateway-streams', password('gateway'), { inboxPrefix: '_INBOX_gateway' });
    const piece = await gateway.request('streams.API.DIRECT.GET.OBJ_exports', '{"seq":1}');
    expect(piece.string()).toBe('piece');
  });

  it('has its consumers pulled, not pushed', async () => {
    const { consumers: found } = await jetstreamManager(setup);
    expect((await found.info('FACTS', 'orders-rates')).config.deliver_subject).toBeUndefined();
  });
});
