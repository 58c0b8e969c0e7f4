import { Injectable } from '@nestjs/common';
import { type AccountClosed, accountClosed, chargePointRemoved } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { internalCaller } from '@open-cpo/messaging';
import { Audit, ImportRequests, Outbox, Transactions } from '@open-cpo/persistence';

const BATCH_SIZE = 1000;
const REMOVE = `
  update charge_points set deleted_at = now(), updated_at = now(), charging_site_id = null
  where id in (
    select id from charge_points where account_id = $1 and deleted_at is null order by id limit ${BATCH_SIZE}
    for no key update)
  returning id`;
const CUT = `
  with prices as (delete from charge_point_prices where charge_point_id = any($1::int[]))
  delete from charge_point_group_members where charge_point_id = any($1::int[])`;

/** Takes the power centers of accounts that were closed down. Sessions that are under way end as they would otherwise. */
@Injectable()
export class AccountClosedConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly imports: ImportRequests,
  ) {}

  @Consumes(accountClosed, { as: 'stations-accounts-closed' })
  async closed({ account_id }: AccountClosed): Promise<void> {
    await this.removeAll(account_id);
    await this.imports.forget(account_id);
  }

  private async removeAll(account_id: number): Promise<void> {
    let removed = 0;
    for (let batch = BATCH_SIZE; batch === BATCH_SIZE; removed += batch) batch = await this.removeSome(account_id);
    if (removed === 0) return;
    const entry = { action: 'power-centers.delete-all', subject: 'account', id: account_id, after: { removed } };
    await this.audit.write(entry, internalCaller());
  }

  private async removeSome(account_id: number): Promise<number> {
    const rows = await this.transactions.query<{ id: number }>(REMOVE, [account_id], 'accounts.remove-power-centers');
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await this.transactions.query(CUT, [ids], 'accounts.cut-power-centers');
    await this.outbox.publishAll(
      ids.map((id) => ({ domainEvent: chargePointRemoved, aggregateId: id, payload: { id, account_id } })),
    );
    return ids.length;
  }
}
