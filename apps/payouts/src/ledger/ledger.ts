import { Injectable } from '@nestjs/common';
import { type BalanceChanged, balanceChanged } from '@open-cpo/contracts';
import { type Earned, Outbox, Transactions } from '@open-cpo/persistence';
import * as sql from './ledger.queries';
import type { Entry, LedgerName } from './ledger.rules';

/**
 * What an owner is owed: at their disposal, and on its way to them. In USD, and by the currency that orders were settled in at
 * their own rates.
 */
export interface OwnersMoney {
  readonly payable: string;
  readonly payableEarned: Earned;
  readonly inTransit: string;
  readonly inTransitEarned: Earned;
}

interface Posted {
  readonly added: number;
  /** Where a checkpoint is due. */
  readonly full: readonly { ledger: LedgerName; owner: number; entry: number }[];
  /** Who has more or less at their disposal than before. */
  readonly owners: readonly number[];
}

/** The double-entry ledger: entries are only ever added, and every balance is what they add up to. */
@Injectable()
export class Ledger {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** Nobody else posts for these accounts until the end of the transaction. */
  async lock(accountIds: readonly number[]): Promise<void> {
    const sorted = [...new Set(accountIds)].sort((a, b) => a - b);
    await this.transactions.query(sql.LOCK, [sorted], 'ledger.lock');
  }

  /** Adds what is not there yet and publishes it, in the current transaction; returns how many entries were new. */
  async post(entries: readonly Entry[]): Promise<number> {
    if (!this.transactions.active) throw new Error('An entry belongs into the transaction of its cause.');
    if (entries.length === 0) return 0;
    await this.lock(entries.map(({ accountId }) => accountId));
    const posted = await this.transactions.first<Posted>(sql.POST, [given(entries)], 'ledger.post');
    for (const { ledger, owner, entry } of posted?.full ?? []) {
      await this.transactions.query(sql.CHECKPOINT, [ledger, owner, entry], 'ledger.checkpoint');
    }
    await this.tell(posted?.owners ?? []);
    return posted?.added ?? 0;
  }

  async balance(accountId: number): Promise<OwnersMoney> {
    const found = await this.transactions.first<OwnersMoney>(sql.BALANCE, [accountId], 'ledger.balance');
    return found ?? { payable: '0', payableEarned: {}, inTransit: '0', inTransitEarned: {} };
  }

  /** The owners are locked, so that the events of one leave in the order of its postings. */
  private async tell(owners: readonly number[]): Promise<void> {
    if (owners.length === 0) return;
    const balances = await this.transactions.query<BalanceChanged>(sql.BALANCES, [owners], 'ledger.balances');
    await this.outbox.publishAll(
      balances.map(({ earned, ...balance }) => {
        const known = earned && Object.keys(earned).length > 0 ? { earned } : {};
        return { domainEvent: balanceChanged, aggregateId: balance.account_id, payload: { ...balance, ...known } };
      }),
    );
  }
}

const given = (entries: readonly Entry[]): string =>
  JSON.stringify(
    entries.map(({ kind, reference, revision, accountId, reason, happenedAt, postings }, place) => ({
      place,
      kind,
      reference,
      revision,
      account_id: accountId,
      reason,
      happened_at: happenedAt,
      postings,
    })),
  );
