import { Injectable } from '@nestjs/common';
import { chargerConnected, chargerDisconnected, CHARGING_VERSION, type ChargerPolicy } from '@open-cpo/contracts';
import { Outbox, Transactions } from '@open-cpo/persistence';
import { REPLICA } from './replica';

/** A charger as its socket needs it. */
export interface KnownCharger {
  readonly id: number;
  readonly account_id: number;
  readonly charge_point_id: number;
  readonly identity: string;
  readonly secret_hash: Buffer | null;
  readonly policy: ChargerPolicy;
  readonly assume_ocpp16: boolean;
  /** Whether it proves who it is by a client certificate, and not by its password. */
  readonly certificate: boolean;
  /** Whether it gets pings. */
  readonly server_pings: boolean;
  /** Whether messages are compressed where it offers that. */
  readonly compression: boolean;
  /** What its registers are multiplied by to be Wh. */
  readonly register_factor: number;
  readonly time_zone: string;
  readonly clock_offset_ms: number;
}

/** A socket with what it was opened with. */
export interface HeldSocket {
  readonly id: number;
  readonly generation: number;
  readonly policy: ChargerPolicy;
  readonly proof: string | null;
}

/** A charger that is not as its socket has it. */
export interface ChangedCharger {
  readonly id: number;
  /** Nothing where it has no right to a socket any more. */
  readonly policy: ChargerPolicy | null;
  readonly ended: boolean;
  readonly replaced: boolean;
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

/** Bytes of the hash of a password that are compared. */
const SECRET_BYTES = 8;
/** What a socket was opened with: the credential, and whether a certificate stood for it. */
const PROOF = `encode(substr(c.secret_hash, 1, ${SECRET_BYTES}), 'hex') || case when c.certificate then ' certificate' else '' end`;
const UNLOCKED = 'not exists (select 1 from account_locks l where l.account_id = c.account_id)';

const FIND = `
  select c.id, c.account_id, c.charge_point_id, c.identity, c.secret_hash, c.policy, c.assume_ocpp16, c.certificate,
    c.server_pings, c.compression, c.register_factor, p.time_zone, c.clock_offset_ms::float8 as clock_offset_ms
  from chargers c join charge_points p on p.id = c.charge_point_id and p.removed_at is null
  where c.identity = $1 and c.deleted_at is null and ${UNLOCKED}`;

// With the hash again: a password that was changed since it was compared opens nothing.
const CONNECT = `
  with was as (
    select id, published_connected from chargers
    where id = $1 and secret_hash = $2 and certificate = $4 and deleted_at is null for no key update)
  update chargers c set generation = c.generation + 1, connected_at = now(), disconnected_at = null,
    last_seen_at = now(), protocol = $3, published_connected = true, holder = $5, holder_generation = c.generation + 1
  from was where c.id = was.id
  returning c.generation::float8 as generation, was.published_connected as published`;

// Of one that counts as connected, nothing is published.
const RECONNECT = `
  update chargers set generation = generation + 1, connected_at = now(), disconnected_at = null, last_seen_at = now(),
    protocol = $3, holder = $5, holder_generation = generation + 1
  where id = $1 and secret_hash = $2 and certificate = $4 and deleted_at is null and published_connected
  returning generation::float8 as generation`;

const DISCONNECT = `
  update chargers c set disconnected_at = now() from unnest($1::int[], $2::bigint[]) as s (id, generation)
  where c.id = s.id and c.generation = s.generation and c.disconnected_at is null`;

// What a socket was opened with, by eight bytes of the hash: the whole one of thousands would be looked at every few seconds.
const CHANGED = `
  with open as (
    select * from unnest($1::int[], $2::bigint[], $3::text[], $4::text[]) as o (id, generation, secret, policy))
  select o.id, c.policy,
    c.id is null or ${PROOF} is distinct from o.secret as ended,
    coalesce(c.generation > o.generation, false) as replaced
  from open o
    left join chargers c on c.id = o.id and c.deleted_at is null and ${UNLOCKED}
  where c.id is null or c.generation > o.generation or c.policy <> o.policy
    or ${PROOF} is distinct from o.secret`;

// What all that is compared above says of this replica's chargers, in one value: a tenth of the time of comparing each.
const STATE = `
  select count(*) || ':' || coalesce(sum(hashtextextended(concat_ws(' ', c.id, c.generation, c.policy, ${PROOF}), 0)), 0) as state
  from chargers c
  where c.holder = $1 and c.holder_generation = c.generation and c.disconnected_at is null and c.deleted_at is null
    and ${UNLOCKED}`;

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
    return this.transactions.first<KnownCharger>(FIND, [identity], 'chargers.find');
  }

  /** The generation of a new socket; nothing when the credential was changed meanwhile. */
  async connect(
    { id, secret_hash, charge_point_id, certificate }: KnownCharger,
    protocol: string,
  ): Promise<number | undefined> {
    const params = [id, secret_hash, protocol, certificate, REPLICA];
    const again = await this.transactions.first<{ generation: number }>(RECONNECT, params, 'chargers.reconnect');
    if (again) return again.generation;
    return this.transactions.run(async () => {
      const row = await this.transactions.first<{ generation: number; published: boolean }>(
        CONNECT,
        params,
        'chargers.connect',
      );
      if (!row) return undefined;
      if (!row.published) await this.outbox.publish(chargerConnected, id, eventOf(charge_point_id, new Date()));
      return row.generation;
    });
  }

  /** Nothing changes when a newer socket has taken over. */
  async disconnect(sockets: readonly Pick<HeldSocket, 'id' | 'generation'>[]): Promise<void> {
    const params = [sockets.map(({ id }) => id), sockets.map(({ generation }) => generation)];
    await this.transactions.query(DISCONNECT, params, 'chargers.disconnect');
  }

  /** A value that changes with whatever `changed` compares, for the chargers that this replica holds. */
  async state(): Promise<string | undefined> {
    return (await this.transactions.first<{ state: string }>(STATE, [REPLICA], 'chargers.state'))?.state;
  }

  /** Of these sockets those whose charger is not as it was. */
  changed(sockets: readonly HeldSocket[]): Promise<ChangedCharger[]> {
    const column = <T>(of: (socket: HeldSocket) => T): T[] => sockets.map(of);
    const params = [
      column(({ id }) => id),
      column(({ generation }) => generation),
      column(({ proof }) => proof),
      column((one) => one.policy),
    ];
    return this.transactions.query<ChangedCharger>(CHANGED, params, 'chargers.changed');
  }

  /** `closed`: their sockets are, and what was new about them is written for the last time. */
  async seen(sightings: readonly Sighting[], closed = false): Promise<void> {
    if (sightings.length === 0) return;
    await this.transactions.run(async () => {
      const rows = await this.transactions.query<{ id: number; charge_point_id: number; found: boolean }>(
        SEEN,
        [JSON.stringify(sightings)],
        'chargers.seen',
      );
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
      // They are locked in the order of their ids by now.
      if (closed) await this.disconnect(sightings);
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

/** What a socket was opened with, as `PROOF` has it: little of it, since thousands are kept. */
export const proofOf = ({
  secret_hash,
  certificate,
}: Pick<KnownCharger, 'secret_hash' | 'certificate'>): string | null =>
  secret_hash && `${secret_hash.toString('hex', 0, SECRET_BYTES)}${certificate ? ' certificate' : ''}`;

const eventOf = (charge_point_id: number, at: Date) => ({
  version: CHARGING_VERSION,
  charge_point_id,
  time: at.toISOString(),
});
