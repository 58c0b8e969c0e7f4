import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v201 } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import type { ChargerContext } from '../sockets/charger-context';
import type { ChargerTransaction } from '../transactions/transactions.repository';

/** A transaction of OCPP 2.0.1. */
export interface RemoteTransaction extends ChargerTransaction {
  /** Whether it is open how its session begins. */
  readonly undecided: boolean;
  /** Whether its id began anew before it ended: no stop is for it, and its end still counts. */
  readonly overtaken: boolean;
}

/** A register at a moment, as it is kept with its event. */
export interface KeptReading {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly wh: number;
  readonly context?: 'begin' | 'end';
}

/** An event of a transaction as it is kept. */
export interface KeptEvent extends v201.BeginEvent {
  readonly tag: string | null;
  /** Whether the card is that of a worker; null where that could not be asked. */
  readonly worker: boolean | null;
  readonly readings: readonly KeptReading[];
}

export interface NewEvent extends KeptEvent {
  readonly contentKey: Buffer;
  readonly offline: boolean;
  readonly signed: readonly v201.SignedValue[];
}

/** What an event changes of its transaction while its session has not begun. */
export interface Begin {
  readonly startedAt: Date;
  readonly said: string | null;
  readonly receivedAt: Date;
  readonly clockOffset: number;
  readonly late: boolean;
  readonly startWh: number | null;
}

interface Starts {
  /** Whether it has this event. */
  readonly repeated: boolean;
  /** Whether it has its `Started`. */
  readonly begun: boolean;
  readonly newest: Date;
}

/** How it was decided that a session begins. */
export interface Decision {
  readonly startedAt: Date;
  readonly startWh: number | null;
  readonly connector: number | null;
  readonly tag: string | null;
  readonly payment: 'cash' | 'settled';
  readonly accepted: boolean;
}

const COLUMNS = `
  id, session_id, connector, id_tag, payment, accepted, published, start_wh::float8 as start_wh, started_at,
  clock_offset_ms::float8 as clock_offset_ms, last_wh::float8 as last_wh, last_read_at, stopped_at, undecided,
  coalesce(reason = 'Overtaken', false) as overtaken`;

const NEWEST = `
  select ${COLUMNS} from transactions where charger_id = $1 and remote_id = $2 order by id desc limit 2`;

const STARTS = `
  select exists (select from transaction_events where transaction_id = t.id and content_key = $2) as repeated,
    exists (select from transaction_events where transaction_id = t.id and type = 'Started') as begun,
    greatest(t.started_at, t.last_read_at, t.stopped_at,
      (select max(at) from transaction_events where transaction_id = t.id)) as newest
  from transactions t where t.id = $1`;

const OVERTAKE = `
  update transactions set stopped_at = coalesce(last_read_at, started_at), stop_received_at = now(), reason = 'Overtaken'
  where id = $1 and stopped_at is null`;

const ADD = `
  with made as (select nextval('transaction_ids')::int as id)
  insert into transactions (id, charger_id, account_id, charge_point_id, session_id, remote_id, start_key, payment, accepted,
    published, undecided, started_at, started_said, start_received_at, clock_offset_ms, late)
  select id, $1::int, $2, $3, 'ocpp.' || $1::int || '.' || id, $4, $5, 'cash', false, false, true, $6, $7, $8, $9, $10 from made
  returning ${COLUMNS}`;

const BEGIN = `
  update transactions set started_at = $2, started_said = $3, start_received_at = $4, clock_offset_ms = $5, late = $6,
    start_wh = $7 where id = $1`;

const CONNECTOR = 'update transactions set connector = $2 where id = $1 and connector is null';

/**
 * Events of one transaction that are kept; after its begin, those are its end and signed values. Beyond them, a few are kept
 * that are more than a reading: a vehicle may be plugged in for days before a card is shown.
 */
export const MAX_EVENTS = 5000;
const MAX_TELLING = 200;

const ADD_EVENT = `
  insert into transaction_events (transaction_id, account_id, content_key, seq_no, type, at, offline, id_tag, accepted, worker,
    connector, charging, readings, signed)
  select $1::int, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
  where (select count(*) from (select from transaction_events where transaction_id = $1 limit $15) kept) < $15
  on conflict (transaction_id, content_key) do nothing returning id`;

// Without one of these no session begins, however many readings there are.
const TELLING = `
  select 1 from transaction_events where transaction_id = $1 and (accepted or charging or type = 'Ended') limit 1`;

const EVENTS = `
  select type, seq_no::float8 as "seqNo", extract(epoch from at)::float8 * 1000 as at, id_tag as tag, accepted, worker,
    connector, charging, readings
  from transaction_events where transaction_id = $1 order by id limit ${MAX_EVENTS + MAX_TELLING}`;

const DECIDE = `
  update transactions set undecided = false, started_at = $2, start_wh = $3, connector = coalesce($4, connector), id_tag = $5, payment = $6,
    accepted = $7 where id = $1`;

const BY_ID = `select ${COLUMNS} from transactions where id = $1`;

const OVERDUE = `
  select t.id, t.charger_id, t.charge_point_id, c.policy
  from transactions t join chargers c on c.id = t.charger_id
  where t.undecided and t.stop_received_at < now() - make_interval(hours => $1)
  order by t.stop_received_at limit $2`;

type EventRow = Omit<KeptEvent, 'seqNo' | 'accepted' | 'connector'> & {
  readonly [K in 'seqNo' | 'accepted' | 'connector']: KeptEvent[K] | null;
};

const eventOf = ({ seqNo, accepted, connector, at, ...rest }: EventRow): KeptEvent => ({
  ...rest,
  at: Math.round(at),
  seqNo: seqNo ?? undefined,
  accepted: accepted ?? undefined,
  connector: connector ?? undefined,
});

const isReading = ({ type, accepted, connector }: NewEvent): boolean =>
  type === 'Updated' && accepted === undefined && connector === undefined;

/** The transactions of chargers of OCPP 2.0.1, with their events. */
@Injectable()
export class TransactionEventsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** By the charger's own id: the newest and the one before, since some chargers use an id again. */
  newest({ id: chargerId }: Pick<ChargerContext, 'id'>, remoteId: string): Promise<RemoteTransaction[]> {
    return this.transactions.query(NEWEST, [chargerId, remoteId]);
  }

  /** What is known of the begin of a transaction, and when it last said something. */
  async starts(id: number, contentKey: Buffer): Promise<Starts | undefined> {
    return this.transactions.first(STARTS, [id, contentKey]);
  }

  /** Ends one whose id began anew: its session stays open until its end comes, or the platform ends it for its silence. */
  async overtake(id: number): Promise<void> {
    await this.transactions.query(OVERTAKE, [id]);
  }

  byId(id: number): Promise<RemoteTransaction | undefined> {
    return this.transactions.first(BY_ID, [id]);
  }

  /** A transaction of which the first event has come, whichever it is. */
  async add(
    { id: chargerId, accountId, chargePointId }: ChargerContext,
    remoteId: string,
    { startedAt, said, receivedAt, clockOffset, late }: Begin,
  ): Promise<RemoteTransaction> {
    const key = createHash('sha256').update(`2.0.1 ${remoteId}`).digest();
    const values = [chargerId, accountId, chargePointId, remoteId, key, startedAt, said, receivedAt, clockOffset, late];
    const made = await this.transactions.first<RemoteTransaction>(ADD, values);
    if (!made) throw new Error('A transaction was added and is not there.');
    return made;
  }

  /** What `Started` says. */
  async begin(id: number, { startedAt, said, receivedAt, clockOffset, late, startWh }: Begin): Promise<void> {
    await this.transactions.query(BEGIN, [id, startedAt, said, receivedAt, clockOffset, late, startWh]);
  }

  async connector(id: number, connector: number): Promise<void> {
    await this.transactions.query(CONNECTOR, [id, connector]);
  }

  /** False for a repetition, and beyond the limit. */
  async addEvent(transactionId: number, accountId: number, event: NewEvent): Promise<boolean> {
    const { contentKey, seqNo = null, type, at, offline, tag, accepted = null, worker, connector = null } = event;
    const signed = event.signed.length > 0 ? JSON.stringify(event.signed) : null;
    const rows = await this.transactions.query(ADD_EVENT, [
      ...[transactionId, accountId, contentKey, seqNo, type, new Date(at), offline, tag, accepted, worker, connector],
      ...[
        event.charging,
        JSON.stringify(event.readings),
        signed,
        isReading(event) ? MAX_EVENTS : MAX_EVENTS + MAX_TELLING,
      ],
    ]);
    return rows.length > 0;
  }

  /** Whether there is an event with which a session may begin. */
  async isTelling(transactionId: number): Promise<boolean> {
    return (await this.transactions.query(TELLING, [transactionId])).length > 0;
  }

  /** In the order in which they came. */
  async events(transactionId: number): Promise<KeptEvent[]> {
    return (await this.transactions.query<EventRow>(EVENTS, [transactionId])).map(eventOf);
  }

  async decide(id: number, { startedAt, startWh, connector, tag, payment, accepted }: Decision): Promise<void> {
    await this.transactions.query(DECIDE, [id, startedAt, startWh, connector, tag, payment, accepted]);
  }

  /** Transactions that ended so many hours ago while it is open how they began. */
  overdue(hours: number, limit: number): Promise<OverdueTransaction[]> {
    return this.transactions.query(OVERDUE, [hours, limit]);
  }
}

export interface OverdueTransaction {
  readonly id: number;
  readonly charger_id: number;
  readonly charge_point_id: number;
  readonly policy: ChargerContext['policy'];
}
