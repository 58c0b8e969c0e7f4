import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import type { Recount, Recounted } from './rebuild';
import * as sql from './rebuild.queries';

/** Recounts orders and feedback of each account. */
@Injectable()
export class AccountCounts implements Recount {
  constructor(private readonly transactions: Transactions) {}

  async next(after: number, most: number): Promise<number[]> {
    return (await this.transactions.query<{ id: number }>(sql.NEXT_ACCOUNTS, [after, most])).map(({ id }) => id);
  }

  /** What others add meanwhile waits; what they had added before is counted. */
  async one(id: number): Promise<Recounted> {
    const missed = (await this.transactions.first(sql.MENTION_ACCOUNT, [id])) !== undefined;
    await this.transactions.query(sql.HOLD_ACCOUNT, [id]);
    const orders = await this.count(sql.ORDERS_OF_ACCOUNT, id);
    const feedback = await this.count(sql.FEEDBACK_OF_ACCOUNT, id);
    const looked = orders + feedback;
    if (looked === 0) {
      await this.transactions.query(sql.FORGET_ACCOUNT, [id]);
      return { looked, wrong: !missed };
    }
    const changed = (await this.transactions.first(sql.CORRECT_ACCOUNT, [id, orders, feedback])) !== undefined;
    return { looked, wrong: missed || changed };
  }

  private async count(text: string, id: number): Promise<number> {
    let count = 0;
    for (let after: number | null = 0; after !== null;) {
      const params: number[] = [id, after];
      const slice = await this.transactions.first<{ rows: number; last: number | null }>(text, params);
      count += slice?.rows ?? 0;
      after = slice?.rows === sql.SLICE ? slice.last : null;
    }
    return count;
  }
}
