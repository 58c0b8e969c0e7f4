import { Controller, type Type } from '@nestjs/common';
import {
  type Caller,
  type HandlersOf,
  Refusal,
  type ResealedSecrets,
  type ResealSecrets,
  secretsOf,
  type SEALING_SERVICES,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import { Audit } from '../audit/audit';
import { Transactions } from '../transactions/transactions';
import { type SealedColumn, SealedColumns } from './sealed-columns';

const BATCH_SIZE = 200;
const INVALID = 'The after field is invalid.';

interface SealedRow {
  readonly key: string;
  readonly sealed: Buffer;
  readonly accountId: number;
}

const some = ({ table, column, key, account = '0', batch = BATCH_SIZE }: SealedColumn): string => `
  select ${key.column}::text as key, ${column} as sealed, ${account} as "accountId" from ${table}
  where ${column} is not null and octet_length(${column}) > 0
    and ($1::${key.type} is null or ${key.column} > $1::${key.type})
  order by ${table}.${key.column} limit ${batch}`;

/** What was changed meanwhile was sealed with the current key. */
const replace = ({ table, column, key }: SealedColumn): string =>
  `update ${table} set ${column} = $3 where ${key.column} = $1::${key.type} and ${column} = $2`;

/** Goes through one part after the other. */
class Resealing {
  constructor(
    private readonly columns: readonly SealedColumn[],
    private readonly transactions: Transactions,
    private readonly log: Log,
  ) {}

  /** Part of a transaction. @throws Refusal `validation_failed` for a place that is none */
  async part(after: string | null | undefined): Promise<ResealedSecrets> {
    const { index, last } = positionOf(after);
    const column = this.columns[index];
    if (!column || !isKey(column, last))
      throw new Refusal('validation_failed', { message: INVALID, fields: { after: [INVALID] } });
    const rows = await this.transactions.query<SealedRow>(some(column), [last]);
    let [resealed, unreadable] = [0, 0];
    for (const row of rows) {
      const outcome = await this.one(column, row);
      if (outcome === 'resealed') resealed += 1;
      if (outcome === 'unreadable') unreadable += 1;
    }
    const name = `${column.table}.${column.column}`;
    return { column: name, rows: rows.length, resealed, unreadable, next: this.nextOf(index, rows) };
  }

  private async one(column: SealedColumn, { key, sealed, accountId }: SealedRow) {
    let fresh: Buffer | undefined;
    try {
      fresh = column.reseal(sealed, accountId);
    } catch (error) {
      const { table, column: name } = column;
      this.log.warn('No key opens a sealed value', { table, column: name, row: key, error });
      return 'unreadable';
    }
    if (!fresh) return 'current';
    await this.transactions.query(replace(column), [key, sealed, fresh]);
    return 'resealed';
  }

  private nextOf(index: number, rows: readonly SealedRow[]): string | null {
    const { batch = BATCH_SIZE } = this.columns[index] ?? {};
    if (rows.length === batch) return `${index}:${rows.at(-1)?.key ?? ''}`;
    return index + 1 < this.columns.length ? `${index + 1}:` : null;
  }
}

/** The handler of a service's `secretsOf(service)`, for its controllers. The service provides `SealedColumns`. */
export function secretsOperators(service: (typeof SEALING_SERVICES)[number], operations = secretsOf(service)): Type {
  @Controller()
  class SecretsHandler implements HandlersOf<typeof operations> {
    readonly resealing: Resealing;

    constructor(
      columns: SealedColumns,
      transactions: Transactions,
      readonly audit: Audit,
      log: Log,
    ) {
      this.resealing = new Resealing(columns.all, transactions, log);
    }

    @Handles(operations.reseal)
    async reseal({ after, by }: ResealSecrets, caller: Caller): Promise<ResealedSecrets> {
      const part = await this.resealing.part(after);
      const entry = {
        subject: 'secrets',
        id: part.column,
        after: { rows: part.resealed, by },
      };
      if (part.resealed > 0) await this.audit.write(entry, caller);
      else this.audit.unchanged();
      return part;
    }
  }
  return SecretsHandler;
}

const LARGEST_INTEGER = 2_147_483_647;

const isKey = ({ key: { type } }: SealedColumn, last: string | null): boolean =>
  last === null ||
  type === 'text' ||
  (/^\d{1,18}$/.test(last) && (type === 'bigint' || Number(last) <= LARGEST_INTEGER));

function positionOf(after: string | null | undefined): { index: number; last: string | null } {
  if (!after) return { index: 0, last: null };
  const [, index = '', last = ''] = /^(\d{1,2}):([\w-]{0,100})$/.exec(after) ?? [];
  return { index: index === '' ? -1 : Number(index), last: last || null };
}
