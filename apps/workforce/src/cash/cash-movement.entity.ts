import { DecimalColumn } from '@open-cpo/persistence';
import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { WorkerEntity } from '../workers/worker.entity';

export type MovementKind = 'collected' | 'handed_over' | 'corrected';

const optional = { type: 'integer', nullable: true } as const;
const now = { type: 'timestamptz', precision: null, default: () => 'now()' } as const;

/** One movement of cash: who, when, how much, and why. The table takes new rows only; `CashLedger` writes them. */
@Entity('cash_movements')
@Index('cash_movements_order', ['order_id', 'revision', 'kind'], { unique: true, where: 'order_id IS NOT NULL' })
@Index('cash_movements_of', ['worker_id', 'id'])
@Index('cash_movements_till', { synchronize: false })
@ForeignKey(() => WorkerEntity, ['worker_id'], ['id'], { name: 'cash_movements_worker' })
// The migration says what they check.
@Check('cash_movements_kind', 'true')
@Check('cash_movements_amount', 'true')
@Check('cash_movements_currency', 'true')
@Check('cash_movements_two_sides', 'true')
@Check('cash_movements_explained', 'true')
export class CashMovementEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;
  @Column({ type: 'integer' }) account_id: number;
  @Column({ type: 'integer' }) worker_id: number;
  @Column({ type: 'text' }) kind: MovementKind;
  /** What the worker has more, or with a minus less. */
  @DecimalColumn(38, 8) amount: string;
  /** What the owner's till has more: the other side of what is handed over. */
  @DecimalColumn(38, 8, { default: 0 }) till_amount: string;
  @Column({ type: 'text' }) currency: string;
  /** The order that was paid, and which pricing of it. */
  @Column(optional) order_id: number | null;
  @Column(optional) revision: number | null;
  @Column({ type: 'text', nullable: true }) reason: string | null;
  /** Who of the account had it handed over. */
  @Column(optional) user_id: number | null;
  /** Who of the platform's staff corrected it. */
  @Column({ type: 'text', nullable: true }) operator: string | null;
  @Column(now) happened_at: Date;
  @Column(now) created_at: Date;
}
