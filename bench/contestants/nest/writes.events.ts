import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { DataSource, type EntityTarget, In, IsNull, type ObjectLiteral, type Repository } from 'typeorm';
import { consume, type Consumer, makeStream } from '../shared/events';
import { type Copies, POOL, type Settings } from '../shared/settings';
import type { OrderStarted, SessionBegun } from '../shared/sessions';
import type { ToldPowerCenter } from '../shared/write-views';
import * as started from './orders.started.entities';
import { SessionsService } from './sessions.service';
import { ConnectorType, CurrencyRate } from './stations.entities';
import * as entities from './writes.entities';
import { WritesService } from './writes.service';

const source = (url: string, of: readonly EntityTarget<ObjectLiteral>[]): Promise<DataSource> =>
  new DataSource({ type: 'postgres', url, entities: of as (new () => object)[], poolSize: POOL }).initialize();

/** The databases of the service, and of those that keep its events. */
async function sources(copies: Copies) {
  const { AuditEntry, OutboxEvent, StoredKey, StoredChargePoint, StoredConnector, StoredPrice, StoredWorker } =
    entities;
  const { CountedOrder, StoredSession, StoredOrder, AccountTotal, PowerCenterTotal } = started;
  const common = [AuditEntry, OutboxEvent, StoredKey];
  const powerCenters = [StoredChargePoint, StoredConnector, StoredPrice, ConnectorType, CurrencyRate, CountedOrder];
  const ofOrders = [StoredSession, StoredOrder, AccountTotal, PowerCenterTotal, OutboxEvent];
  const shown = [started.HandledEvent, started.Feed, started.FeedEvent, started.Webhook, started.Delivery];
  return {
    stations: await source(copies.stations, [...common, ...powerCenters]),
    workforce: await source(copies.workforce, [...common, StoredWorker]),
    orders: await source(copies.orders, [entities.PowerCenterOfOrders, entities.TariffOfOrders, ...ofOrders]),
    notifications: await source(copies.notifications, [entities.PowerCenterOfNotifications, ...shown]),
    chargers: await source(copies.chargers, [entities.PowerCenterOfChargers]),
  };
}

/** The service that writes, with its outbox and with what keeps its events in other databases. */
export async function writesService(all: Settings, copies: Copies): Promise<WritesService> {
  const nats = await connect({ servers: all.natsUrl });
  await makeStream(nats, copies);
  const { stations, workforce, orders, notifications, chargers } = await sources(copies);
  const outboxes = [stations, workforce, orders].map((one) => one.getRepository(entities.OutboxEvent));
  const publish = async ({ name, key, payload }: entities.OutboxEvent): Promise<void> =>
    void (await jetstream(nats).publish(name, JSON.stringify(payload), { msgID: key }));
  const relay = relayOf(outboxes, publish);
  const service = new WritesService(stations, workforce, all, copies.stream, relay);
  await service.open();
  const sessions = new SessionsService(orders, notifications, copies.stream, relay);
  const each = <T>(consumer: Consumer, take: (event: T) => Promise<unknown>): Promise<void> =>
    consume<T>(nats, copies, consumer, async (events) => {
      for (const event of events) await take(event);
    });
  await each<ToldPowerCenter>('orders', (event) => inOrders(orders, event));
  await each<ToldPowerCenter>('notifications', (event) => inNotifications(notifications, event));
  await each<ToldPowerCenter>('chargers', (event) => inChargers(chargers, event));
  await each<SessionBegun>('sessions', (session) => sessions.begin(session));
  await each<OrderStarted>('order-webhooks', (order) => sessions.deliver(order));
  await each<OrderStarted>('order-stations', (order) => service.occupy(order));
  return service;
}

/** Publishes what is unsent, when something was committed. */
function relayOf(
  outboxes: readonly Repository<entities.OutboxEvent>[],
  publish: (event: entities.OutboxEvent) => Promise<void>,
): () => void {
  let [running, again] = [false, false];
  const pass = async (outbox: Repository<entities.OutboxEvent>): Promise<void> => {
    const where = { kind: 'fact', sent_at: IsNull(), dead_at: IsNull() };
    const unsent = await outbox.find({ where, order: { id: 'ASC' }, take: 500 });
    await Promise.all(unsent.map(publish));
    if (unsent.length > 0) await outbox.update({ id: In(unsent.map(({ id }) => id)) }, { sent_at: new Date() });
  };
  const run = async (): Promise<void> => {
    running = true;
    while (again) {
      again = false;
      for (const outbox of outboxes) await pass(outbox);
    }
    running = false;
  };
  return () => {
    again = true;
    if (!running) void run();
  };
}

interface Card {
  readonly identifier: string;
  readonly token: string;
  readonly status: string;
  readonly connectors: object;
}

async function inOrders(source: DataSource, { id, account_id, time_zone, told_at, card, prices }: ToldPowerCenter) {
  await source.transaction(async (manager) => {
    if (card) {
      const { identifier, token, connectors } = card as Card;
      const row = { id, account_id, identifier, token, time_zone, connectors, card, told_at: new Date(told_at) };
      await manager.upsert(entities.PowerCenterOfOrders, row, ['id']);
    }
    if (!prices) return;
    const tariff = { charge_point_id: id, valid_from: new Date(told_at), tariff: prices };
    await manager.upsert(entities.TariffOfOrders, tariff, ['charge_point_id', 'valid_from']);
  });
}

async function inNotifications(source: DataSource, { id, account_id, told_at, card }: ToldPowerCenter) {
  if (!card) return;
  const { status, connectors } = card as Card;
  const row = { id, account_id, told_at: new Date(told_at), status: { status, connectors } };
  await source.manager.upsert(entities.PowerCenterOfNotifications, row, ['id']);
}

async function inChargers(source: DataSource, { id, account_id, time_zone, told_at, card }: ToldPowerCenter) {
  if (!card) return;
  const row = { id, account_id, token: (card as Card).token, time_zone, published_at: new Date(told_at) };
  await source.manager.upsert(entities.PowerCenterOfChargers, row, ['id']);
}
