import { Pool, type PoolClient } from 'pg';

/** The services' databases as their administrator sees them, past every fault. */
export class Databases {
  private readonly pools = new Map<string, Pool>();

  constructor(
    private readonly adminUrl: string,
    private readonly prefix: string,
  ) {}

  async rows<T>(service: string, sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return (await this.pool(service).query(sql, [...params])).rows as T[];
  }

  /** The first column of the first row as a number. */
  async number(service: string, sql: string, params: readonly unknown[] = []): Promise<number> {
    const [row = {}] = await this.rows<Record<string, unknown>>(service, sql, params);
    return Number(Object.values(row)[0] ?? 0);
  }

  /** How often each mark is there; the statement takes the marks as `$1` and answers `mark` and `count`. */
  async count(service: string, sql: string, marks: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.rows<{ mark: string; count: string }>(service, sql, [marks]);
    return new Map(rows.map(({ mark, count }) => [mark, Number(count)]));
  }

  /** A connection of one's own, to be released. */
  connection(service: string): Promise<PoolClient> {
    return this.pool(service).connect();
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.end()));
  }

  private pool(service: string): Pool {
    const found = this.pools.get(service);
    if (found) return found;
    const url = new URL(this.adminUrl);
    url.pathname = `/${this.prefix}_${service}`;
    const made = new Pool({ connectionString: url.href, max: 2, connectionTimeoutMillis: 5000 });
    made.on('error', () => undefined);
    this.pools.set(service, made);
    return made;
  }
}
