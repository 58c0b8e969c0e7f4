import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { ChargePointNews } from '../charge-points/charge-point.news';
import { WHOLE_COLUMNS, WHOLE_FROM } from '../charge-points/charge-point.queries';
import type { WholeRow } from '../charge-points/charge-point.rows';
import { occupancy, sameOccupancy } from '../charge-points/charge-point.rules';
import { FiguresRepository } from './figures.repository';

const WHOLE = `select ${WHOLE_COLUMNS} from ${WHOLE_FROM} where c.id = any($1::int[]) and c.deleted_at is null`;

/** Updates power centers by their connectors, and publishes the changes. */
@Injectable()
export class ReadModelUpdates {
  constructor(
    private readonly transactions: Transactions,
    private readonly figures: FiguresRepository,
    private readonly news: ChargePointNews,
  ) {}

  /** For power centers that are held and have changed; removed ones are not published. */
  async tell(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const found = await this.transactions.query<WholeRow>(WHOLE, [ids], 'figures.whole');
    const rows = found.map((row) => ({ ...row, ...occupancy(row.connectors.map(({ status }) => status)) }));
    const moved = rows.filter((row, at) => found[at] && !sameOccupancy(row, found[at]));
    if (moved.length > 0) {
      await this.figures.occupy(moved.map(({ id, busy, reserved, faulted }) => ({ id, busy, reserved, faulted })));
    }
    await this.news.allChanged(rows);
  }
}
