import { Injectable } from '@nestjs/common';
import { Metrics, type Reading } from '@open-cpo/platform';
import { Transactions } from '../transactions/transactions';

/** Numbers of the business, out of the service's own tables. */
export interface QueryGauge {
  /** Name of each gauge, which is also its column in the answer, and what it says. */
  readonly gauges: Readonly<Record<string, string>>;
  /** Columns that are labels; few values each. */
  readonly labels?: readonly string[];
  /** Answered from an index or a small table: it runs for as long as somebody scrapes. */
  readonly query: string;
  /** Milliseconds between two queries. */
  readonly goodFor?: number;
}

const GOOD_FOR = 15_000;

type Row = Record<string, string | number | null>;

/** Shows at `/metrics` what a query answers. Each replica shows the same: dashboards take the maximum, not the sum. */
@Injectable()
export class QueryGauges {
  constructor(
    private readonly metrics: Metrics,
    private readonly transactions: Transactions,
  ) {}

  add({ gauges, labels = [], query, goodFor = GOOD_FOR }: QueryGauge): void {
    const read = async (): Promise<Reading[]> => {
      const rows = await this.transactions.query<Row>(query);
      return rows.map((row) => ({
        labels: picked(row, labels, String),
        values: picked(row, Object.keys(gauges), Number),
      }));
    };
    this.metrics.read({ gauges, labels, goodFor, read });
  }
}

const picked = <T>(row: Row, names: readonly string[], as: (value: unknown) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, as(row[name])]));
