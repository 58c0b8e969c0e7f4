import { createHash, randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import {
  type Caller,
  type HandlersOf,
  type HeldMethod,
  isoMoment,
  type MintedStop,
  payoutsNotice,
  payoutsStops,
  Refusal,
  type StoppableMethod,
  type StopToken,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit, Outbox, Transactions } from '@open-cpo/persistence';
import { Ledger } from '../ledger/ledger';
import { Execution } from '../payouts/execution';
import { methodWithId } from './catalogue';
import { accountShown } from './method.views';
import { Methods } from './methods';
import type { MethodRow } from './methods.repository';

const STOPPED = 'Stopped by the account’s owner after the payout method was changed.';
const COLUMNS = `id, account_id, method_id, provider_account, status, link, link_ends_at, details, document_type,
  held_until, stopped_at, changed_by`;
const MINT = `
  update payout_methods set stop_hash = $3
  where account_id = $1 and method_id = $2 and held_until > now() and stopped_at is null returning id`;
const BY_TOKEN = `
  select ${COLUMNS} from payout_methods where stop_hash = $1 and held_until > now() and stopped_at is null`;
const STOP = `update payout_methods set stopped_at = now(), stop_hash = null, updated_at = now() where id = $1`;
/** Those whose provider was not asked yet. The row's lock keeps it from being asked until they are refused. */
const WAITING = `
  select id from payouts where account_id = $1 and method_id = $2 and status = 'pending' and not_before > now()
    and tries = 0 for update`;

interface Stoppable extends MethodRow {
  readonly account_id: number;
  readonly held_until: Date;
  readonly changed_by: number | null;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Stops payouts to a payout method that was added or changed by somebody else than its owner. */
@Controller()
export class StopsHandler implements HandlersOf<typeof payoutsStops> {
  constructor(
    private readonly transactions: Transactions,
    private readonly methods: Methods,
    private readonly ledger: Ledger,
    private readonly execution: Execution,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
  ) {}

  @Handles(payoutsStops.mint)
  async mint({ account_id, method_id }: HeldMethod): Promise<MintedStop> {
    const token = randomBytes(30).toString('base64url');
    const minted = await this.transactions.query(MINT, [account_id, method_id, hashOf(token)], 'stops.mint');
    return { token: minted.length > 0 ? token : null };
  }

  @Handles(payoutsStops.shown)
  async shown({ token }: StopToken): Promise<StoppableMethod> {
    const row = await this.found(token);
    const details = this.methods.detailsOf(row, row.account_id);
    const method = methodWithId(row.method_id).name;
    return { method, account: accountShown(row, details), held_until: isoMoment(row.held_until) };
  }

  @Handles(payoutsStops.stop)
  async stop({ token }: StopToken, caller: Caller): Promise<void> {
    const { account_id } = await this.found(token);
    // Before any row: requests and settlements of payouts lock in this order, too.
    await this.ledger.lock([account_id]);
    const { id, method_id, changed_by } = await this.found(token, ' for update');
    await this.transactions.query(STOP, [id], 'stops.stop');
    const waiting = await this.transactions.query<{ id: number }>(WAITING, [account_id, method_id], 'stops.waiting');
    for (const payout of waiting) await this.execution.settle(payout.id, 'failed', STOPPED);
    const payouts = waiting.map((payout) => payout.id);
    const method = methodWithId(method_id).name;
    const entry = { subject: 'payout-method', id, of: { accountId: account_id } };
    await this.audit.write({ ...entry, after: { method, payouts } }, caller);
    const details = { method, ...(changed_by ? { changed_by: String(changed_by) } : {}) };
    await this.outbox.publish(payoutsNotice, account_id, { kind: 'payout-method-stopped', account_id, details });
  }

  private async found(token: string, lock = ''): Promise<Stoppable> {
    const name = lock ? 'stops.by-token-locked' : 'stops.by-token';
    const row = await this.transactions.first<Stoppable>(BY_TOKEN + lock, [hashOf(token)], name);
    if (!row) throw new Refusal('not_found');
    return row;
  }
}
