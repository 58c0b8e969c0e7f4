import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { DataSource, type EntityTarget, In, IsNull, type ObjectLiteral, type Repository } from 'typeorm';
import { keep, makeStream } from '../shared/events';
import { type Copies, POOL, type Settings } from '../shared/settings';
import type { ToldPowerCenter } from '../shared/write-views';
import { ConnectorType, CurrencyRate } from './stations.entities';
import * as entities from './writes.entities';
import { WritesService } from './writes.service';

const source = (url: string, of: readonly EntityTarget<ObjectLiteral>[]): Promise<DataSource> =>
  new DataSource({ type: 'postgres', url, entities: of as (new () => object)[], poolSize: POOL }).initialize();

/** The service that writes, with its outbox and with what keeps its events in other databases. */
export async function writesService(all: Settings, copies: Copies): Promise<WritesService> {
  const nats = await connect({ servers: all.natsUrl });
  await makeStream(nats, copies);
  const common = [entities.AuditEntry, entities.OutboxEvent, entities.StoredKey];
  const { StoredChargePoint, StoredConnector, StoredPrice, StoredWorker } = entities;
  const own = [StoredChargePoint, StoredConnector, StoredPrice, ConnectorType, CurrencyRate];
  const stations = await source(copies.stations, [...common, ...own]);
  const workforce = await source(copies.workforce, [...common, StoredWorker]);
  const outboxes = [stations, workforce].map((one) => one.getRepository(entities.OutboxEvent));
  const publish = async ({ name, key, payload }: entities.OutboxEvent): Promise<void> =>
    void (await jetstream(nats).publish(name, JSON.stringify(payload), { msgID: key }));
  const service = new WritesService(stations, workforce, all.publicUrl, copies.stream, relayOf(outboxes, publish));
  await service.open();
  const orders = await source(copies.orders, [entities.PowerCenterOfOrders, entities.TariffOfOrders]);
  const notifications = await source(copies.notifications, [entities.PowerCenterOfNotifications]);
  const chargers = await source(copies.chargers, [entities.PowerCenterOfChargers]);
  await keep(
    nats,
    copies,
    'orders',
    each((event) => inOrders(orders, event)),
  );
  await keep(
    nats,
    copies,
    'notifications',
    each((event) => inNotifications(notifications, event)),
  );
  await keep(
    nats,
    copies,
    'chargers',
    each((event) => inChargers(chargers, event)),
  );
  return service;
}

/** Publishes what is unsent, when something was committed. */
function relayOf(
  outboxes: readonly Repository<entities.OutboxEvent>[],
  publish: (event: entities.OutboxEvent) => Promise<void>,
): () => void {
  let [running, again] = [false, false];
  const pass = async (outbox: Repository<entities.OutboxEvent>): Promise<void> => {
    const unsent = await outbox.find({ where: { kind: 'fact', sent_at: IsNull() }, order: { id: 'ASC' }, take: 500 });
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

const each = (take: (event: ToldPowerCenter) => Promise<unknown>) => async (events: ToldPowerCenter[]) => {
  for (const event of events) await take(event);
};

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
