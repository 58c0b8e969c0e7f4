import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OrderPayment } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { cut, storable } from '../messages/storable';
import type { ChargerContext } from '../sockets/charger-context';

/** A transaction of a charger, which is a session of the platform. */
export interface ChargerTransaction {
  readonly id: number;
  readonly session_id: string;
  readonly connector: number | null;
  readonly id_tag: string | null;
  readonly payment: OrderPayment;
  readonly accepted: boolean;
  /** Whether its begin was published: that of a refused card is when energy flows. */
  readonly published: boolean;
  /** Wh. */
  readonly start_wh: number | null;
  readonly started_at: Date;
  readonly clock_offset_ms: number;
  readonly last_wh: number | null;
  readonly last_read_at: Date | null;
  readonly stopped_at: Date | null;
  /** Whether another one began in its place before it ended: no stop is for it, and its end still counts. */
  readonly overtaken: boolean;
}

type Begun = Pick<ChargerTransaction, 'id' | 'connector' | 'started_at'>;

export interface NewTransaction {
  readonly id: number;
  readonly sessionId: string;
  readonly connector: number | null;
  readonly startKey: Buffer;
  readonly tag: string | null;
  readonly payment: OrderPayment;
  readonly accepted: boolean;
  readonly startWh: number | null;
  readonly startedAt: Date;
  readonly said: string | null;
  readonly receivedAt: Date;
  readonly clockOffset: number;
  readonly late: boolean;
}

/** How a transaction ended. */
export interface Ending {
  readonly stoppedAt: Date;
  readonly said: string | null;
  readonly receivedAt: Date;
  readonly wh: number | null;
  readonly reason: string;
}

/** A message that was answered and not applied. */
export interface KeptMessage {
  readonly action: string;
  readonly transactionId?: number;
  readonly reason: string;
  readonly payload: string;
}

const COLUMNS = `
  id, session_id, connector, id_tag, payment, accepted, published, start_wh::float8 as start_wh, started_at,
  clock_offset_ms::float8 as clock_offset_ms, last_wh::float8 as last_wh, last_read_at, stopped_at,
  coalesce(reason = 'Overtaken', false) as overtaken`;

const NEXT_ID = `select nextval('transaction_ids')::int as id`;

const ADD = `
  insert into transactions (id, charger_id, account_id, charge_point_id, session_id, connector, start_key, id_tag, payment,
    accepted, published, start_wh, started_at, started_said, start_received_at, clock_offset_ms, late)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14, $15, $16)`;

const BY_IDS = `select ${COLUMNS}, charger_id from transactions where id = any($1::int[])`;

const BY_ID = `select ${COLUMNS} from transactions where id = $1 and charger_id = $2`;

// A charger whose clock restarts at each boot could say the same of two transactions: then only one that is open, or
// has just begun, is the same.
const SAME_START = `
  select ${COLUMNS} from transactions
  where charger_id = $1 and start_key = $2
    and ($3 or stopped_at is null or start_received_at > now() - interval '10 minutes')
  order by id desc limit 1`;

const OPEN = `
  select ${COLUMNS} from transactions
  where charger_id = $1 and stopped_at is null and ($2::int is null or connector = $2) and started_at <= $3
  order by started_at desc, id desc limit 1`;

// A connector has one transaction at a time: the end of those before was lost, or is still to come.
const OVERTAKE = `
  update transactions set stopped_at = coalesce(last_read_at, started_at), stop_received_at = now(), reason = 'Overtaken'
  where charger_id = $1 and connector = $2 and id <> $3 and started_at < $4 and stopped_at is null`;

/** What a reading of `at` changes: one that was overtaken, and is read since, goes on. Some chargers have one number for all. */
const readAt = (wh: string, at: string): string => {
  const goesOn = `t.reason = 'Overtaken' and ${at} > t.stop_received_at`;
  const unless = (column: string): string => `${column} = case when ${goesOn} then null else t.${column} end`;
  return `last_wh = ${wh}, last_read_at = ${at}, ${['stopped_at', 'stop_received_at', 'reason'].map(unless).join(', ')}`;
};

const READ = `
  update transactions t set ${readAt('$2', '$3')}
  where t.id = $1 and (t.last_read_at is null or t.last_read_at <= $3)`;

const READ_ALL = `
  update transactions t set ${readAt('r.wh', 'r.at')}
  from unnest($1::int[], $2::numeric[], $3::timestamptz[]) as r (id, wh, at)
  where t.id = r.id and (t.last_read_at is null or t.last_read_at <= r.at)`;

const PUBLISHED = 'update transactions set published = true where id = $1';

const STOP = `
  update transactions set stopped_at = $2, stopped_said = $3, stop_received_at = $4, stop_wh = $5, reason = $6
  where id = $1`;

/** Bytes of a payload, and messages of a charger, that are kept. */
const MAX_KEPT_BYTES = 8192;
export const MAX_KEPT_MESSAGES = 1000;
/** Characters of why one was kept. */
const MAX_REASON = 500;

// Those beyond the limit go with the next one that comes, a hundred at once.
const KEEP = `
  with old as (
    delete from kept_messages where id in (
      select id from kept_messages where charger_id = $1 order by id desc offset ${MAX_KEPT_MESSAGES - 1} limit 100))
  insert into kept_messages (charger_id, account_id, action, content_key, transaction_id, reason, payload, received_at)
  values ($1, $2, $3, $4, $5, $6, $7, now()) on conflict (charger_id, content_key) do nothing`;

/** The transactions of chargers. */
@Injectable()
export class TransactionsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** From one sequence of the installation: no id is given twice. */
  async nextId(): Promise<number> {
    const row = await this.transactions.first<{ id: number }>(NEXT_ID);
    if (!row) throw new Error('The sequence of transactions gave no id.');
    return row.id;
  }

  async add({ id: chargerId, accountId, chargePointId }: ChargerContext, made: NewTransaction): Promise<void> {
    const { id, sessionId, connector, startKey, tag, payment, accepted, startWh } = made;
    const times = [made.startedAt, made.said, made.receivedAt, made.clockOffset, made.late];
    const owner = [id, chargerId, accountId, chargePointId, sessionId];
    const rest = [connector, startKey, tag, payment, accepted, startWh, ...times];
    await this.transactions.query(ADD, [...owner, ...rest]);
  }

  byId(id: number, { id: chargerId }: ChargerContext): Promise<ChargerTransaction | undefined> {
    return this.transactions.first(BY_ID, [id, chargerId], 'transactions.one');
  }

  /** Of any charger: who asks compares it. */
  byIds(ids: readonly number[]): Promise<(ChargerTransaction & { charger_id: number })[]> {
    return this.transactions.query(BY_IDS, [ids], 'transactions.some');
  }

  /** `distinct`: whether its time tells one begin from another. */
  sameStart(
    { id: chargerId }: ChargerContext,
    startKey: Buffer,
    distinct: boolean,
  ): Promise<ChargerTransaction | undefined> {
    return this.transactions.first(SAME_START, [chargerId, startKey, distinct]);
  }

  /** The newest open one that began before a moment, of a connector or of the charger. */
  open({ id: chargerId }: ChargerContext, connector: number | null, at: Date): Promise<ChargerTransaction | undefined> {
    return this.transactions.first(OPEN, [chargerId, connector, at], 'transactions.open');
  }

  /** A session has begun: those at its connector that began before have ended, whatever was said of them. */
  async overtake({ id: chargerId }: Pick<ChargerContext, 'id'>, begun: Begun): Promise<void> {
    if (begun.connector)
      await this.transactions.query(OVERTAKE, [chargerId, begun.connector, begun.id, begun.started_at]);
  }

  async read(id: number, wh: number, at: Date): Promise<void> {
    await this.transactions.query(READ, [id, wh, at], 'transactions.read');
  }

  async readAll(readings: readonly { readonly id: number; readonly wh: number; readonly at: Date }[]): Promise<void> {
    if (readings.length === 0) return;
    const params = [readings.map(({ id }) => id), readings.map(({ wh }) => wh), readings.map(({ at }) => at)];
    await this.transactions.query(READ_ALL, params, 'transactions.read-all');
  }

  async published(id: number): Promise<void> {
    await this.transactions.query(PUBLISHED, [id]);
  }

  async stop(id: number, { stoppedAt, said, receivedAt, wh, reason }: Ending): Promise<void> {
    await this.transactions.query(STOP, [id, stoppedAt, said, receivedAt, wh, reason]);
  }

  /** A repetition, which has the same text, is kept once. */
  async keep({ id, accountId }: ChargerContext, message: KeptMessage): Promise<void> {
    const { action, transactionId, reason, payload } = message;
    const contentKey = createHash('sha256').update(`${action} ${payload}`).digest();
    const bytes = Buffer.from(storable(payload));
    // A character that is cut in the middle is left out.
    const text = new TextDecoder().decode(bytes.subarray(0, MAX_KEPT_BYTES), { stream: true });
    await this.transactions.query(KEEP, [
      id,
      accountId,
      action,
      contentKey,
      transactionId ?? null,
      cut(reason, MAX_REASON),
      text,
    ]);
  }
}
