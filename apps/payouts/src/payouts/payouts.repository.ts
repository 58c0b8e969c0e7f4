import { Injectable } from '@nestjs/common';
import {
  type Batched,
  type ListPayouts,
  type Page,
  type Payout,
  type PayoutChanged,
  type PayoutState,
} from '@open-cpo/contracts';
import { allOf, type List, onUnique, pageOf, Transactions } from '@open-cpo/persistence';
import type { LedgerPayout } from '../ledger/ledger.rules';
import { PayoutEntity } from './payout.entity';
import * as sql from './payout.queries';

/** Whose payouts, and how they are shown. */
export interface Viewer {
  readonly accountId: number;
  readonly currency: string;
  /** Units of the currency for one US dollar today. */
  readonly rate: string;
}

export type NewPayout = Omit<PayoutEntity, 'id' | 'status' | 'tries' | 'asked_at' | 'created_at' | 'updated_at'>;
/** A payout whose provider is about to be asked. */
export type Attempted = Pick<
  PayoutEntity,
  'id' | 'account_id' | 'method_id' | 'provider_key' | 'provider_account' | 'amount_usd'
>;
export type PayoutStanding = Pick<PayoutEntity, 'status' | 'account_id' | 'manual'> & {
  /** It waits still: its method was added or changed lately. */
  readonly held: boolean;
};
export interface PendingRow {
  readonly id: number;
  readonly account_id: number;
  readonly method_id: number;
  readonly amount: string;
  readonly currency: string;
  readonly amount_usd: string;
  readonly requested_at: string;
  readonly tries: number;
  readonly response: string;
}

export const PENDING_ALREADY = 'A payout is already pending.';
const openAlready = onUnique('payouts_open', 'payout_method', PENDING_ALREADY);

/** Every query about payouts. */
@Injectable()
export class PayoutsRepository {
  constructor(private readonly transactions: Transactions) {}

  page(query: ListPayouts, viewer: Viewer): Promise<Page<Payout>> {
    return pageOf<Payout>(this.transactions, list(query, viewer));
  }

  all(query: ListPayouts, viewer: Viewer): Batched<Payout> {
    return allOf<Payout>(this.transactions, list(query, viewer));
  }

  /** The one that is pending. */
  open(accountId: number): Promise<Pick<PayoutEntity, 'id' | 'method_id'> | undefined> {
    return this.transactions.first(sql.OPEN, [accountId], 'payouts.open');
  }

  /** @throws Refusal `validation_failed` when another one is pending */
  async add(payout: NewPayout): Promise<number> {
    const { id } = await this.transactions.manager.save(PayoutEntity, payout).catch(openAlready);
    return id;
  }

  /** Nothing when it is settled, or made by hand. */
  begin(id: number): Promise<Attempted | undefined> {
    return this.transactions.first<Attempted>(sql.BEGIN, [id], 'payouts.begin');
  }

  standing(id: number): Promise<PayoutStanding | undefined> {
    return this.transactions.first<PayoutStanding>(sql.STATE, [id], 'payouts.state');
  }

  /** Nothing when it was settled before. */
  settle(id: number, status: PayoutState, response: string): Promise<LedgerPayout | undefined> {
    return this.transactions.first<LedgerPayout>(sql.SETTLE, [id, status, response], 'payouts.settle');
  }

  async say(id: number, response: string): Promise<void> {
    await this.transactions.query(sql.SAY, [id, response], 'payouts.say');
  }

  /** Those without an attempt for so long, each for one replica. */
  async forgotten(since: string): Promise<number[]> {
    const rows = await this.transactions.query<{ id: number }>(sql.FORGOTTEN, [since], 'payouts.forgotten');
    return rows.map(({ id }) => id);
  }

  told(id: number): Promise<PayoutChanged | undefined> {
    return this.transactions.first<PayoutChanged>(sql.TOLD, [id], 'payouts.told');
  }

  pending(): Promise<PendingRow[]> {
    return this.transactions.query<PendingRow>(sql.PENDING);
  }

  recipient(id: number): Promise<Pick<PayoutEntity, 'account_id' | 'recipient'> | undefined> {
    return this.transactions.first(sql.RECIPIENT, [id]);
  }
}

const list = (query: ListPayouts, { accountId, currency, rate }: Viewer): List => ({
  select: sql.PAYOUT,
  from: 'payouts p',
  where: 'p.account_id = $1',
  params: [accountId, currency, rate],
  order: 'p.id desc',
  query,
});
