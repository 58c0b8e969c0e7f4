import { inShortTransaction, PartitionedTable } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

/** OCPP messages by ten million: those past `CHARGERS_MESSAGE_DAYS` go with their partition. */
export class MessagePartitions1796099000000 extends PartitionedTable {
  readonly table = 'messages';
  readonly step = 10_000_000;
  override readonly keeps = ['at >= $1'];
  override readonly minAge = '1 day';

  protected override async prepare(runner: QueryRunner): Promise<void> {
    // Chargers are never deleted. A new partition would have to lock them for the same foreign key.
    await inShortTransaction(runner, ['alter table messages drop constraint if exists messages_charger_id_fkey']);
  }
}
