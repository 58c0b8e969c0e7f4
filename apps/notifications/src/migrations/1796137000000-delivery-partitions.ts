import { inShortTransaction, PartitionedTable } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

const CASCADE = [
  'alter table webhook_deliveries drop constraint if exists webhook_deliveries_webhook_id_fkey',
  `create or replace function delete_deliveries() returns trigger language plpgsql as $$
   begin
     delete from webhook_deliveries where webhook_id = old.id;
     return null;
   end $$`,
  'drop trigger if exists webhooks_deliveries on webhooks',
  'create trigger webhooks_deliveries after delete on webhooks for each row execute function delete_deliveries()',
];

/** Deliveries by a million: those past `EVENT_RETENTION_DAYS` go with their partition. */
export class DeliveryPartitions1796137000000 extends PartitionedTable {
  readonly table = 'webhook_deliveries';
  readonly step = 1_000_000;
  override readonly keeps = ['created_at >= $1'];
  override readonly minAge = '1 day';

  protected override async prepare(runner: QueryRunner): Promise<void> {
    // A new partition would have to lock the endpoints for the same foreign key, and wait for those who write them.
    await inShortTransaction(runner, CASCADE);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await super.down(runner);
    await inShortTransaction(runner, [
      'drop trigger webhooks_deliveries on webhooks',
      'drop function delete_deliveries()',
      'delete from webhook_deliveries d where not exists (select from webhooks w where w.id = d.webhook_id)',
      `alter table webhook_deliveries add constraint webhook_deliveries_webhook_id_fkey
         foreign key (webhook_id) references webhooks on delete cascade`,
    ]);
  }
}
