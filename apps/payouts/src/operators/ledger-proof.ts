import { Injectable } from '@nestjs/common';
import type { LedgerProof } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import * as sql from './proofs';

interface Count {
  readonly transactions: number;
  readonly postings: number;
}

/** Checks the whole ledger in slices that block no others, and stops at the first thing that does not agree. */
@Injectable()
export class LedgerProver {
  constructor(private readonly transactions: Transactions) {}

  async prove(): Promise<LedgerProof> {
    const { transactions, payouts } = await this.extent();
    const total = { transactions: 0, postings: 0 };
    for (let from = 0; from < transactions; from += sql.SLICE) {
      const slice = [from, from + sql.SLICE];
      const count = await this.transactions.first<Count>(sql.COUNT, slice);
      total.transactions += count?.transactions ?? 0;
      total.postings += count?.postings ?? 0;
      const discrepancy = await this.firstOf(sql.PROOFS, slice);
      if (discrepancy) return { ...total, discrepancy };
    }
    const discrepancy = (await this.payouts(payouts)) ?? (await this.checkpoints()) ?? '';
    return { ...total, discrepancy };
  }

  /** The last ids there are. */
  private async extent(): Promise<{ transactions: number; payouts: number }> {
    const found = await this.transactions.first<{ transactions: number; payouts: number }>(sql.EXTENT);
    return found ?? { transactions: 0, payouts: 0 };
  }

  private async firstOf(proofs: readonly string[], slice: readonly number[]): Promise<string | undefined> {
    for (const proof of proofs) {
      const found = await this.transactions.first<{ discrepancy: string }>(proof, slice);
      if (found) return found.discrepancy;
    }
    return undefined;
  }

  private async payouts(last: number): Promise<string | undefined> {
    for (let from = 0; from < last; from += sql.SLICE) {
      const discrepancy = await this.firstOf([sql.PAYOUTS], [from, from + sql.SLICE]);
      if (discrepancy) return discrepancy;
    }
    return undefined;
  }

  private async checkpoints(): Promise<string | undefined> {
    interface Checked {
      readonly ledger: string;
      readonly owner_id: number;
      readonly entry: number;
      /** Empty where it agrees. */
      readonly fault: string;
    }
    let last: Checked | undefined = { ledger: '', owner_id: 0, entry: 0, fault: '' };
    while (last) {
      const place: (string | number)[] = [last.ledger, last.owner_id, last.entry];
      const checked: Checked[] = await this.transactions.query<Checked>(sql.CHECKPOINTS, place);
      const wrong = checked.find(({ fault }) => fault !== '');
      if (wrong) return `the checkpoint at number ${wrong.entry} of ${wrong.ledger} ${wrong.owner_id} ${wrong.fault}`;
      last = checked.at(-1);
    }
    return undefined;
  }
}
