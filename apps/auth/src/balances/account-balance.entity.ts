import { type Earned, UsdColumn } from '@open-cpo/persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last balance that payouts published of an account. Not bound to `accounts`: no event has to wait for its account. */
@Entity('account_balances')
export class AccountBalance {
  @PrimaryColumn({ type: 'integer', name: 'account_id', primaryKeyConstraintName: 'account_balances_pkey' })
  accountId: number;
  @UsdColumn({ name: 'balance_usd' }) balanceUsd: string;
  /** Of it so much at the rates of orders, by the currency that they were settled in. */
  @Column({ type: 'jsonb', default: {} }) earned: Earned;
  /** Of two events the one with the higher is true. */
  @Column({ type: 'integer' }) sequence: number;
}
