import { PartitionedTable } from './partitioned-table';

/** The outbox by a million rows: what was published goes with its partition a week later. */
export class OutboxPartitions1700000000810 extends PartitionedTable {
  readonly table = 'outbox';
  readonly step = 1_000_000;
  override readonly keeps = ['sent_at is null and dead_at is null', 'dead_at is not null', 'sent_at >= $1'];
  override readonly minAge = '7 days';
}
