import { Injectable } from '@nestjs/common';
import type { FieldErrors } from '@open-cpo/contracts';
import { freeRows, Transactions } from '@open-cpo/persistence';

const LIVE = `select id from charge_points
  where id = any($1::int[]) and account_id = $2 and deleted_at is null order by id`;

// They are locked against removal until the end of the transaction; events of chargers about them may go on.
const TO_REFER = `${LIVE} for key share`;
const TO_CHANGE = `${LIVE} for no key update`;

const CUT = `
  with prices as (delete from charge_point_prices where charge_point_id = $1)
  delete from charge_point_group_members where charge_point_id = $1`;

/** What other things have to do with power centers. */
@Injectable()
export class ChargePointLinks {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Holds the power centers of a request and says which are none of the account's. Somebody else's and missing ones are
   * told alike.
   */
  async hold(
    ids: readonly number[] | null | undefined,
    accountId: number,
    errors: FieldErrors,
    to: 'refer' | 'change',
  ): Promise<number[]> {
    if (!ids || ids.length === 0) return [];
    const [text, name] = to === 'refer' ? [TO_REFER, 'charge-points.refer'] : [TO_CHANGE, 'charge-points.take'];
    const rows = await this.transactions.query<{ id: number }>(text, [ids, accountId], name);
    const held = new Set(rows.map(({ id }) => id));
    ids.forEach((id, index) => {
      const field = `chargePoints.${index}`;
      if (!held.has(id) && !errors.has(field)) errors.add(field, `The selected ${field} is invalid.`);
    });
    return [...held];
  }

  /** A removed power center has no prices, is in no group, and can be imported again; its site is a column of its own. */
  async cut(chargePointId: number): Promise<void> {
    await this.transactions.query(CUT, [chargePointId], 'charge-points.cut');
    await freeRows(this.transactions, 'power-centers', [chargePointId]);
  }
}
