import type { PayoutState } from '@open-cpo/contracts';
import { DecimalColumn, type Earned, UsdColumn } from '@open-cpo/persistence';
import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

const now = { type: 'timestamptz', precision: null, default: () => 'now()' } as const;

/** A payout. Where it goes to is kept as it was when it was asked for. */
@Entity('payouts')
@Index('payouts_open', ['account_id'], { unique: true, where: "status = 'pending'" })
@Index('payouts_of', ['account_id', 'id'])
@Index('payouts_waiting', ['asked_at'], { where: "status = 'pending'" })
@Check('payouts_amount', 'true')
@Check('payouts_status', 'true')
export class PayoutEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' }) id: number;
  @Column({ type: 'integer' }) account_id: number;
  /** Who asked for it. */
  @Column({ type: 'integer' }) user_id: number;
  @Column({ type: 'integer' }) method_id: number;
  @Column({ type: 'text' }) provider: string;
  /** Names the payout to the provider, once for all tries. */
  @Column({ type: 'text' }) provider_key: string;
  @Column({ type: 'text', nullable: true }) provider_account: string | null;
  @Column({ type: 'text' }) account_shown: string;
  /** Sealed; for payouts by hand. */
  @Column({ type: 'bytea' }) recipient: Buffer;
  @UsdColumn() amount_usd: string;
  @Column({ type: 'text' }) currency: string;
  /** Units of the currency for one US dollar when it was asked for. */
  @DecimalColumn(20, 8) rate: string;
  /** In the currency, as it was shown; null in payouts of earlier releases. */
  @DecimalColumn(38, 8, { nullable: true }) amount: string | null;
  /** What of the owner's earnings it takes, by the currency that the orders were settled in. */
  @Column({ type: 'jsonb', default: {} }) earned: Earned;
  @Column({ type: 'text', default: 'pending' }) status: PayoutState;
  /** What the provider said last. */
  @Column({ type: 'text' }) response: string;
  /** Nobody but an operator settles it. */
  @Column({ type: 'boolean' }) manual: boolean;
  /** Until then it waits, because its method was added or changed lately. */
  @Column({ type: 'timestamptz', precision: null, nullable: true }) not_before: Date | null;
  @Column({ type: 'integer', default: 0 }) tries: number;
  /** When the provider was last asked, or the job was enqueued. */
  @Column(now) asked_at: Date;
  @Column(now) created_at: Date;
  @Column(now) updated_at: Date;
}
