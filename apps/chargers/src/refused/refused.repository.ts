import { Injectable } from '@nestjs/common';
import type { CardState, RefusedEntry, RefusedKind } from '@open-cpo/contracts';
import { ownedRead, Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { LRUCache } from 'lru-cache';
import { TokenBucket } from '../sockets/token-bucket';

/** Milliseconds within which the same refusal is written once. */
const PAUSE_MS = 10_000;
const MAX_REMEMBERED = 10_000;
/** Refusals that a process writes a second, and at once: strangers do not fill the database. */
const WRITES_PER_SECOND = 10;
const WRITE_BURST = 100;
/** Entries of an account; beyond it the oldest goes. */
export const MAX_REFUSED = 500;

// An identity is that of a charger, or of the power center whose token it is; others have no account.
const CONNECTION = `
  insert into refused as r (account_id, kind, name, reason, charge_point_id, charger_id, address)
  select account_id, 'connection', $1, $2, charge_point_id, charger_id, $3 from (
    select account_id, charge_point_id, id as charger_id from chargers where identity = $1 and deleted_at is null
    union all
    select account_id, id, null from charge_points where token = $1 and removed_at is null) known
  limit 1
  on conflict (account_id, kind, name, reason) do update set times = r.times + 1, last_at = now(),
    charger_id = excluded.charger_id, address = excluded.address
  returning account_id`;

const CARD = `
  insert into refused as r (account_id, kind, name, reason, charge_point_id, charger_id)
  values ($1, 'card', $2, $3, $4, $5)
  on conflict (account_id, kind, name, reason) do update set times = r.times + 1, last_at = now(),
    charge_point_id = excluded.charge_point_id, charger_id = excluded.charger_id
  returning account_id`;

const BEYOND_LIMIT = `
  delete from refused where id = any(array(
    select id from refused where account_id = $1 order by id desc offset ${MAX_REFUSED} limit 100))`;

const FORGET = 'delete from refused where account_id = $1 and kind = $2 and name = $3';

const time = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${column}`;
const COLUMNS = `
  id, kind, name, reason, charge_point_id, charger_id, address, times, ${time('first_at')}, ${time('last_at')}`;

const TABLE = `
  select ${COLUMNS} from refused
  where account_id = $1 and ($2::text is null or kind = $2) and ($3::int is null or id < $3)
  order by id desc limit $4`;
const ONE = ownedRead(`select ${COLUMNS}, account_id from refused where id = $1`);

/** What was refused, by the account that it is about. */
@Injectable()
export class RefusedRepository {
  private readonly written = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: PAUSE_MS });
  private readonly bucket = new TokenBucket(WRITES_PER_SECOND, WRITE_BURST);

  constructor(
    private readonly transactions: Transactions,
    private readonly log: Log,
  ) {}

  /** Never fails: the connection is refused all the same. */
  async connection(identity: string, reason: string, address: string): Promise<void> {
    await this.write(`connection ${reason} ${identity}`, CONNECTION, [identity, reason, address]);
  }

  async card(
    { accountId, chargePointId, id }: { accountId: number; chargePointId: number; id: number },
    tag: string,
    state: CardState,
  ): Promise<void> {
    await this.write(`card ${accountId} ${state} ${tag}`, CARD, [accountId, tag, state, chargePointId, id]);
  }

  async forget(accountId: number, kind: RefusedKind, name: string): Promise<void> {
    await this.transactions.query(FORGET, [accountId, kind, name]);
  }

  table(
    accountId: number,
    { kind, before, limit }: { kind?: RefusedKind | null; before?: number | null; limit: number },
  ): Promise<RefusedEntry[]> {
    return this.transactions.query<RefusedEntry>(TABLE, [accountId, kind ?? null, before ?? null, limit]);
  }

  /** @throws Refusal `not_found`, `forbidden` */
  owned(id: number, accountId: number): Promise<RefusedEntry & { account_id: number }> {
    return this.transactions.owned(ONE, accountId, [id]);
  }

  private async write(key: string, text: string, params: readonly (string | number)[]): Promise<void> {
    if (this.written.has(key) || !this.bucket.tryTake()) return;
    try {
      const row = await this.transactions.first<{ account_id: number }>(text, params);
      if (!row) return;
      this.written.set(key, true);
      await this.transactions.query(BEYOND_LIMIT, [row.account_id]);
    } catch (error) {
      this.log.warn('A refusal was not kept', { error });
    }
  }
}
