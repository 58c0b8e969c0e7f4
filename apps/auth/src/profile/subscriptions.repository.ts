import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';

const ENDS = 'case when subscription_ends >= current_date then subscription_ends end as ends';
const LOCK = `select ${ENDS} from accounts where id = $1 for no key update`;
const BEGIN = `
  update accounts set subscription_ends =
    case when subscription_ends >= current_date then subscription_ends else (current_date + interval '1 month')::date end
  where id = $1 returning ${ENDS}`;
const END = `update accounts set subscription_ends = null where id = $1 returning ${ENDS}`;

/** Until when accounts have premium features; each answers the last day, or null. */
@Injectable()
export class Subscriptions {
  constructor(private readonly transactions: Transactions) {}

  /** Locked until the transaction ends. */
  lock(accountId: number): Promise<string | null> {
    return this.ends(LOCK, accountId);
  }

  /** A month from today, unless one is running. */
  begin(accountId: number): Promise<string | null> {
    return this.ends(BEGIN, accountId);
  }

  end(accountId: number): Promise<string | null> {
    return this.ends(END, accountId);
  }

  private async ends(text: string, accountId: number): Promise<string | null> {
    return (await this.transactions.first<{ ends: string | null }>(text, [accountId]))?.ends ?? null;
  }
}
