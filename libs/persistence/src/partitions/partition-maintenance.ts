import { Injectable } from '@nestjs/common';
import { Log, Periodic } from '@open-cpo/platform';
import { Leadership } from '../connection/leadership';
import { QueryGauges } from '../metrics/query-gauges';
import { Transactions } from '../transactions/transactions';

const INTERVAL_MS = 10 * 60_000;
const BATCH_SIZE = 1000;
/** Days after which rows of a partition that could not be dropped go one by one. */
const GRACE_DAYS = 2;

/** How long rows of a partitioned table are kept. */
export interface Retention {
  readonly table: string;
  /** The time that counts, which has an index. */
  readonly column: string;
  readonly days: number;
}

const CREATE = 'select create_partitions() as name';
const DROP = 'select drop_partition($1, now() - make_interval(days => $2)) as name';
const OPEN_FROM = 'select open_from::float8 as id from partition_state() where name = $1';

const deleteRows = ({ table, column }: Retention, side: '>=' | '<'): string => `
  delete from ${table} where id = any(array(
    select id from ${table} where id ${side} $1 and ${column} < now() - make_interval(days => $2) limit ${BATCH_SIZE}))`;

const STATE = `
  select name as table, partitions as open_cpo_table_partitions, ahead as open_cpo_table_partitions_ahead,
    default_rows as open_cpo_table_default_partition_rows
  from partition_state()`;

/**
 * Makes the partitions that rows will need, and ends retention: a partition past it is dropped. Rows of the partition that is
 * being filled are deleted, so that a small table keeps none for longer.
 */
@Injectable()
export class PartitionMaintenance extends Periodic {
  private readonly retentions: Retention[] = [{ table: 'outbox', column: 'sent_at', days: 7 }];

  constructor(
    private readonly transactions: Transactions,
    private readonly leadership: Leadership,
    gauges: QueryGauges,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
    gauges.add({
      gauges: {
        open_cpo_table_partitions: 'Partitions of a table, without its default partition.',
        open_cpo_table_partitions_ahead:
          'Partitions that no row has reached yet; a fraction counts what is left of the open one.',
        open_cpo_table_default_partition_rows: 'Rows that no partition was there for, counted up to 10,000.',
      },
      labels: ['table'],
      query: STATE,
      goodFor: 60_000,
    });
  }

  /** Ends the retention of a table's rows from now on. */
  retain(retention: Retention): void {
    this.retentions.push(retention);
  }

  /** Does it now, if this replica is the one to do it. Answers how many rows were deleted one by one. */
  async run(): Promise<number> {
    if (!this.leadership.held) return 0;
    await this.transactions.query(CREATE);
    let deleted = 0;
    for (const retention of this.retentions) {
      try {
        deleted += await this.end(retention);
      } catch (error) {
        this.log.warn('Retention was put off', { error, table: retention.table });
      }
    }
    return deleted;
  }

  private async end(retention: Retention): Promise<number> {
    const { table, days } = retention;
    while (this.leadership.held) {
      const dropped = await this.transactions.first<{ name: string | null }>(DROP, [table, days]);
      if (!dropped?.name) break;
      this.log.log('A partition past its retention was dropped', { partition: dropped.name });
    }
    const open = await this.transactions.first<{ id: number }>(OPEN_FROM, [table]);
    const from = open?.id ?? 0;
    const inOpen = await this.deleteAll(deleteRows(retention, '>='), [from, days]);
    return inOpen + (await this.deleteAll(deleteRows(retention, '<'), [from, days + GRACE_DAYS]));
  }

  private async deleteAll(text: string, values: number[]): Promise<number> {
    let deleted = 0;
    for (let full = true; full && this.leadership.held && !this.ending;) {
      const gone = (await this.transactions.ask({ text, values })).rowCount ?? 0;
      deleted += gone;
      full = gone === BATCH_SIZE;
    }
    return deleted;
  }
}
