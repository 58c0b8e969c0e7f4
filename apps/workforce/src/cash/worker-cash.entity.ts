import { DecimalColumn } from '@open-cpo/persistence';
import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { WorkerEntity } from '../workers/worker.entity';

/** What a worker holds in one currency: the sum of their movements, kept by the statements that write those. */
@Entity('worker_cash')
@ForeignKey(() => WorkerEntity, ['worker_id'], ['id'], { name: 'worker_cash_worker' })
export class WorkerCashEntity {
  @PrimaryColumn({ type: 'integer' }) worker_id: number;
  @PrimaryColumn({ type: 'text' }) currency: string;
  @DecimalColumn(38, 8) balance: string;
}
