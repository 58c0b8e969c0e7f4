import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { accept, type Caller, IMPORT_ROWS, type ImportKind, type ImportRow } from '@open-cpo/contracts';
import { Transactions } from '../transactions/transactions';
import type { ImportRequest } from './import-request';
import type { Counts } from './import-requests';
import type { AnyImporter, Importer, RowToImport } from './importer';
import * as sql from './imports.queries';

const OTHER_VALUES = 'This row has been imported before with other values.';

interface Judged extends RowToImport<Record<string, unknown>> {
  readonly line: number;
  readonly key: string;
  readonly digest: string;
  /** Names and values that are taken once it is imported. */
  readonly claims: ReadonlyMap<string, string>;
}

/** Imports the rows of a batch, each once by its name, and keeps what is wrong with them. */
@Injectable()
export class RowImports {
  constructor(private readonly transactions: Transactions) {}

  async take(request: ImportRequest, rows: readonly ImportRow[], importer: AnyImporter, caller: Caller) {
    const { unique = {} } = importer;
    const judged = rows.map((row) => judge(request, row, unique));
    let counts: Counts = { created: 0, unchanged: 0, failed: 0 };
    for (const some of withoutRepeats(judged)) {
      const more = await this.some(request, some, importer, caller);
      counts = {
        created: counts.created + more.created,
        unchanged: counts.unchanged + more.unchanged,
        failed: counts.failed + more.failed,
      };
    }
    return counts;
  }

  private async some(
    request: ImportRequest,
    rows: readonly Judged[],
    importer: Importer<Record<string, unknown>>,
    caller: Caller,
  ): Promise<Counts> {
    const known = await this.known(request, rows);
    const isUnchanged = ({ key, digest, errors }: Judged): boolean => errors.empty && known.get(key) === digest;
    const fresh = rows.filter((row) => !isUnchanged(row));
    const { key: keyColumn } = IMPORT_ROWS[request.kind];
    for (const { claims, key, errors } of fresh) {
      if (known.has(key)) errors.add(keyColumn, OTHER_VALUES);
      const { unique = {} } = importer;
      for (const [name, claim] of claims) {
        const message = known.has(claim) ? unique[name] : undefined;
        if (message) errors.add(name, message);
      }
    }
    await this.written(request, () => importer.add(fresh, caller));
    const good = fresh.filter(({ errors }) => errors.empty);
    const bad = fresh.filter(({ errors }) => !errors.empty);
    await this.keep(request, good);
    if (bad.length > 0) {
      const errors = bad.map(({ line, errors }) => ({ line, errors: errors.toMap() }));
      await this.transactions.query(sql.KEEP_ERRORS, [request.id, JSON.stringify(errors)]);
    }
    return { created: good.length, unchanged: rows.length - fresh.length, failed: bad.length };
  }

  /** A dry run does all of it, and takes it back. */
  private async written({ dry_run }: ImportRequest, work: () => Promise<void>): Promise<void> {
    if (!dry_run) return work();
    await this.transactions.query('savepoint dry_run');
    await work();
    await this.transactions.query('rollback to savepoint dry_run');
  }

  private async known({ id, account_id, kind, dry_run }: ImportRequest, rows: readonly Judged[]) {
    const keys = rows.flatMap(({ key, claims }) => [key, ...claims.values()]);
    const params = [account_id, kind, dry_run ? ['', id] : [''], keys];
    const found = await this.transactions.query<{ row_key: string; digest: string }>(sql.KNOWN, params);
    return new Map(found.map(({ row_key, digest }) => [row_key, digest]));
  }

  /** What a real run claims, its tables know. */
  private async keep({ id, account_id, kind, dry_run }: ImportRequest, rows: readonly Judged[]): Promise<void> {
    if (rows.length === 0) return;
    const kept = rows.flatMap(({ key, digest, claims, made }) => [
      { row_key: key, digest, made: dry_run ? null : made },
      ...(dry_run ? [...claims.values()].map((claim) => ({ row_key: claim, digest: '' })) : []),
    ]);
    await this.transactions.query(sql.KEEP, [account_id, kind, dry_run ? id : '', JSON.stringify(kept)]);
  }
}

/** What imported rows created has been removed: a repeated import creates it again. */
export async function freeRows(transactions: Transactions, kind: ImportKind, made: readonly number[]): Promise<void> {
  await transactions.query(sql.FREE, [kind, made]);
}

function judge({ kind }: ImportRequest, { line, cells, errors: found = {} }: ImportRow, unique: object): Judged {
  const { row, key: keyColumn } = IMPORT_ROWS[kind];
  const { input, errors } = accept(row, cells);
  for (const [name, messages] of Object.entries(found)) for (const message of messages) errors.add(name, message);
  const values = input as Record<string, unknown>;
  const key = values[keyColumn];
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  const digest = createHash('sha256').update(JSON.stringify(given)).digest('base64url');
  const claims = Object.keys(unique).filter((name) => typeof values[name] === 'string');
  const claimOf = (name: string): [string, string] => [name, `${name}\n${values[name] as string}`];
  return {
    line,
    key: typeof key === 'string' ? key : '',
    digest,
    claims: new Map(claims.map(claimOf)),
    input: values,
    errors,
  };
}

/** Cut before each row whose name stands in front of it: what it is to become depends on what that one became. */
function withoutRepeats(rows: readonly Judged[]): Judged[][] {
  const parts: Judged[][] = [[]];
  let seen = new Set<string>();
  for (const row of rows) {
    if (row.key !== '' && seen.has(row.key)) {
      parts.push([]);
      seen = new Set();
    }
    seen.add(row.key);
    parts.at(-1)?.push(row);
  }
  return parts;
}
