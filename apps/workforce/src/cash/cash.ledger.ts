import { Injectable } from '@nestjs/common';
import type { Identity, Till } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import type { MovementKind } from './cash-movement.entity';
import * as sql from './cash.queries';

/** A movement of a worker's cash, before it is one. */
export interface Movement {
  readonly accountId: number;
  readonly workerId: number;
  readonly kind: MovementKind;
  readonly amount: string;
  readonly currency: string;
  readonly orderId?: number;
  readonly revision?: number;
  readonly reason?: string;
  readonly userId?: number;
  readonly operator?: string;
  /** ISO 8601; by default now. */
  readonly happenedAt?: string;
}

/** An amount of money in a currency. */
export interface Sum {
  readonly currency: string;
  readonly amount: string;
}

/** Who holds which cash. Movements are only ever added; a balance is what they add up to, kept beside them. */
@Injectable()
export class CashLedger {
  constructor(private readonly transactions: Transactions) {}

  /** Adds a movement and answers the worker's balance after it; nothing when the order had moved it before. */
  async post(movement: Movement): Promise<string | undefined> {
    const { accountId, workerId, kind, amount, currency, orderId, revision } = movement;
    const { reason, userId, operator, happenedAt } = movement;
    const about = [orderId, revision, reason, userId, operator, happenedAt];
    const params = [accountId, workerId, kind, amount, currency, ...about];
    return (await this.transactions.first<{ balance: string }>(sql.POST, params, 'cash.post'))?.balance;
  }

  /**
   * Moves all that a worker holds to the owner's till, in every currency, and answers what that was. Whoever comes at
   * the same time waits for the balance's lock and finds what is left.
   */
  async handOver(workerId: number, { accountId, userId }: Pick<Identity, 'accountId' | 'userId'>): Promise<Sum[]> {
    const held = await this.held(workerId);
    for (const { currency, given } of held) {
      await this.post({ accountId, workerId, kind: 'handed_over', amount: given, currency, userId });
    }
    return held.map(({ currency, amount }) => ({ currency, amount }));
  }

  /** What a worker holds, by currency; locked until the end of the transaction. */
  held(workerId: number): Promise<(Sum & { given: string })[]> {
    return this.transactions.query<Sum & { given: string }>(sql.HELD, [workerId], 'cash.held');
  }

  /** The account of a worker, gone or not. */
  async accountOf(workerId: number): Promise<number | undefined> {
    const found = await this.transactions.first<{ account_id: number }>(sql.ACCOUNT, [workerId], 'cash.account');
    return found?.account_id;
  }

  /** The currencies in which a worker has ever had cash. */
  async currenciesOf(workerId: number): Promise<string[]> {
    const rows = await this.transactions.query<{ currency: string }>(sql.CURRENCIES, [workerId], 'cash.currencies');
    return rows.map(({ currency }) => currency);
  }

  /** What an account's workers have handed over so far. */
  till(accountId: number): Promise<Till[]> {
    return this.transactions.query<Till>(sql.TILL, [accountId], 'cash.till');
  }
}
