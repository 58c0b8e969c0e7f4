import { Injectable } from '@nestjs/common';
import { chargerConnected, chargerDisconnected, CHARGING_VERSION, type ChargerPolicy } from '@open-cpo/contracts';
import { Outbox, Transactions } from '@open-cpo/persistence';

/** A charger as its socket needs it. */
export interface KnownCharger {
  readonly id: number;
  readonly account_id: number;
  readonly charge_point_id: number;
  readonly identity: string;
  readonly secret_hash: Buffer | null;
  readonly policy: ChargerPolicy;
  readonly assume_ocpp16: boolean;
  readonly time_zone: string;
  readonly clock_offset_ms: number;
}

/** What is new about a charger since it was last written. */
export interface Sighting {
  readonly id: number;
  readonly generation: number;
  readonly seen: Date;
  /** Whether its socket is open. */
  readonly open: boolean;
  readonly clock: number;
  readonly quirks: Readonly<Record<string, number>>;
}

const FIND = `
  select c.id, c.account_id, c.charge_point_id, c.identity, c.secret_hash, c.policy, c.assume_ocpp16,
    p.time_zone, c.clock_offset_ms::float8 as clock_offset_ms
  from chargers c join charge_points p on p.id = c.charge_point_id and p.removed_at is null
  where c.identity = $1 and c.deleted_at is null`;

// With the hash again: a password that was changed since it was compared opens nothing.
const CONNECT = `
  with was as (
    select id, published_connected from chargers
    where id = $1 and secret_hash = $2 and deleted_at is null for no key update)
  update chargers c set generation = c.generation + 1, connected_at = now(), disconnected_at = null,
    last_seen_at = now(), protocol = $3, published_connected = true
  from was where c.id = was.id
  returning c.generation::float8 as generation, was.published_connected as published`;

const DISCONNECT = `
  update chargers set disconnected_at = now() where id = $1 and generation = $2 and disconnected_at is null`;

const CURRENT = `
  select id, generation::float8 as generation, secret_hash, policy from chargers
  where id = any($1::int[]) and deleted_at is null`;

// One that was published as disconnected while nothing could be written is connected all the same.
const SEEN = `
  with r as (
    select * from jsonb_to_recordset($1) as s (id int, generation bigint, seen timestamptz, open boolean, clock bigint,
      quirks jsonb)),
  was as (
    select c.id, c.published_connected from chargers c join r on r.id = c.id and r.generation = c.generation
    where c.deleted_at is null order by c.id for no key update of c)
  update chargers c set last_seen_at = greatest(c.last_seen_at, r.seen), clock_offset_ms = r.clock,
    published_connected = c.published_connected or r.open,
    disconnected_at = case when r.open then null else c.disconnected_at end,
    quirks = case when r.quirks = '{}' then c.quirks else (
      select jsonb_object_agg(key, n) from (
        select key, sum(value::bigint) as n from (
          select * from jsonb_each_text(c.quirks) union all select * from jsonb_each_text(r.quirks)) both_of
        group by key) merged) end
  from r join was on was.id = r.id where c.id = r.id
  returning c.id, c.charge_point_id, r.open and not was.published_connected as found`;

/** Chargers a sweep deals with at once. */
const BATCH = 500;
/** Minutes without a sign of life, also none of the process that held the socket. */
const LOST_MINUTES = 5;

const ABSENT = `
  with gone as (
    select id from chargers
    where published_connected and (disconnected_at < now() - make_interval(secs => $1)
      or last_seen_at < now() - interval '${LOST_MINUTES} minutes')
    limit ${BATCH} for update skip locked)
  update chargers c set published_connected = false, disconnected_at = coalesce(c.disconnected_at, c.last_seen_at)
  from gone where c.id = gone.id
  returning c.id, c.charge_point_id, c.disconnected_at`;

/** Which sockets there are, over all replicas: each connection of a charger has a generation, and the newest one counts. */
@Injectable()
export class ConnectionsRepository {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  find(identity: string): Promise<KnownCharger | undefined> {
    return this.transactions.first<KnownCharger>(FIND, [identity]);
  }

  /** The generation of a new socket; nothing when the credential was changed meanwhile. */
  connect({ id, secret_hash, charge_point_id }: KnownCharger, protocol: string): Promise<number | undefined> {
    return this.transactions.run(async () => {
      const row = await this.transactions.first<{ generation: number; published: boolean }>(CONNECT, [
        id,
        secret_hash,
        protocol,
      ]);
      if (!row) return undefined;
      if (!row.published) await this.outbox.publish(chargerConnected, id, eventOf(charge_point_id, new Date()));
      return row.generation;
    });
  }

  /** Nothing changes when a newer socket has taken over. */
  async disconnect(id: number, generation: number): Promise<void> {
    await this.transactions.query(DISCONNECT, [id, generation]);
  }

  current(
    ids: readonly number[],
  ): Promise<{ id: number; generation: number; secret_hash: Buffer | null; policy: ChargerPolicy }[]> {
    return this.transactions.query(CURRENT, [ids]);
  }

  async seen(sightings: readonly Sighting[]): Promise<void> {
    if (sightings.length === 0) return;
    await this.transactions.run(async () => {
      const rows = await this.transactions.query<{ id: number; charge_point_id: number; found: boolean }>(SEEN, [
        JSON.stringify(sightings),
      ]);
      const at = new Date();
      await this.outbox.publishAll(
        rows
          .filter(({ found }) => found)
          .map(({ id, charge_point_id }) => ({
            domainEvent: chargerConnected,
            aggregateId: id,
            payload: eventOf(charge_point_id, at),
          })),
      );
    });
  }

  /** Publishes the chargers that have been away for so many seconds; answers how many. */
  publishAbsent(seconds: number): Promise<number> {
    return this.transactions.run(async () => {
      const rows = await this.transactions.query<{ id: number; charge_point_id: number; disconnected_at: Date }>(
        ABSENT,
        [seconds],
      );
      await this.outbox.publishAll(
        rows.map((row) => ({
          domainEvent: chargerDisconnected,
          aggregateId: row.id,
          payload: eventOf(row.charge_point_id, row.disconnected_at),
        })),
      );
      return rows.length;
    });
  }
}

const eventOf = (charge_point_id: number, at: Date) => ({
  version: CHARGING_VERSION,
  charge_point_id,
  time: at.toISOString(),
});
