import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type Caller,
  type Identity,
  IMPORT_KINDS,
  type ImportBatch,
  type ImportError,
  type ImportKind,
  importPermission,
  may,
  MOST_IMPORT_ERRORS,
  ownerOf,
  readImport,
  Refusal,
  type StartImport,
} from '@open-cpo/contracts';
import { Audit } from '../audit/audit';
import type { ExportingUser } from '../exports/export-requests';
import { Outbox } from '../outbox/outbox';
import { type Param, Transactions } from '../transactions/transactions';
import type { ImportRequest } from './import-request';
import * as sql from './imports.queries';

/** Imports of a kind that an account can have waiting at a time, and ask for within an hour. */
const MOST_WAITING = 5;
const MOST_AN_HOUR = 60;

/** What became of a batch. */
export interface Counts {
  readonly created: number;
  readonly unchanged: number;
  readonly failed: number;
}

/** The rows that ask for imports. They are the truth; what is in a queue can be lost and comes back from them. */
@Injectable()
export class ImportRequests {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** @throws Refusal `too_many_requests` */
  async start(
    kind: ImportKind,
    { object, size, digest, dry_run }: StartImport,
    caller: Caller,
  ): Promise<ImportRequest> {
    // Of the session nothing: the import may outlive it.
    const { userId, accountId, ownerId, role, currency, timeZone } = ownerOf(caller);
    const identity: Identity = { userId, accountId, ownerId, role, currency, timeZone };
    await this.transactions.query(sql.LOCK, [accountId]);
    const busy = await this.transactions.first<{ open: number; recent: number }>(sql.BUSY, [accountId]);
    if (busy && (busy.open >= MOST_WAITING || busy.recent >= MOST_AN_HOUR)) throw new Refusal('too_many_requests');
    const id = `${kind}-${randomUUID()}`;
    const params = [id, kind, accountId, JSON.stringify(identity), object, size, digest, dry_run ?? false];
    const added = await this.first(sql.ADD, params);
    if (dry_run) this.audit.unchanged();
    else {
      const after = { kind, size, digest };
      await this.audit.write({ subject: 'import', id, after }, caller);
    }
    await this.handOver(accountId, kind);
    return added ?? Promise.reject(new Error('an insert returned nothing'));
  }

  latest(kind: ImportKind, caller: Caller): Promise<ImportRequest[]> {
    return this.transactions.query<ImportRequest>(sql.LATEST, [ownerOf(caller).accountId, kind]);
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async owned(id: string, kind: ImportKind, caller: Caller): Promise<ImportRequest> {
    return belonging(await this.transactions.firstAcrossAccounts(sql.ONE, [id]), kind, caller);
  }

  /** @throws Refusal as `owned` */
  async errors(id: string, kind: ImportKind, after: number, caller: Caller): Promise<ImportError[]> {
    await this.owned(id, kind, caller);
    return this.transactions.query<ImportError>(sql.ERRORS, [id, after]);
  }

  /** @throws Refusal as `owned` */
  async cancel(id: string, kind: ImportKind, caller: Caller): Promise<void> {
    await this.first(sql.LOCK_OF, [id]);
    const found = belonging(await this.transactions.firstAcrossAccounts(sql.ONE_FOR_CHANGE, [id]), kind, caller);
    if (!(await this.first(sql.CANCEL, [id]))) return this.audit.unchanged();
    await this.ended(found);
    if (found.dry_run) return this.audit.unchanged();
    const after = { kind, rows: found.rows };
    await this.audit.write({ subject: 'import', id, after }, caller);
  }

  begin(id: string, run: string): Promise<ImportRequest> {
    return this.still(sql.BEGIN, [id, run]);
  }

  /** The import of a batch, held until its end. @throws Refusal `not_found` when it has ended or was cancelled */
  async running({ importId: id, run, rows }: ImportBatch, caller: Caller): Promise<ImportRequest> {
    await this.transactions.query(sql.LOCK_OF_LAST, [id, MOST_IMPORT_ERRORS - rows.length]);
    return this.still(sql.RUNNING, [id, run, ownerOf(caller).accountId]);
  }

  async done(id: string, { rows, bytes, unknown_columns }: ImportBatch, { created, unchanged, failed }: Counts) {
    const params = [id, bytes, rows.length, created, unchanged, failed, unknown_columns ?? []];
    await this.transactions.query(sql.DONE, params);
  }

  finished(id: string, run: string): Promise<void> {
    return this.end(id, sql.FINISH, [id, run]);
  }

  failed(id: string, run: string, reason: string): Promise<void> {
    return this.end(id, sql.FAIL, [id, run, reason]);
  }

  /** Ends what a user asked for who is removed, locked out, or may not import its kind any more. */
  async withdraw({ userId, accountId, role, active }: ExportingUser): Promise<void> {
    const kinds = IMPORT_KINDS.filter((kind) => !active || !may(role, importPermission(kind)));
    if (kinds.length === 0) return;
    await this.transactions.run(async () => {
      await this.transactions.query(sql.LOCK, [accountId]);
      const withdrawn = await this.transactions.query<ImportRequest>(sql.WITHDRAWN, [userId, kinds, accountId]);
      for (const request of withdrawn) await this.ended(request);
    });
  }

  /** Of an account that was closed nothing is left. */
  async forget(accountId: number): Promise<void> {
    await this.transactions.run(async () => {
      await this.remove(sql.OF_ACCOUNT, [accountId], async ({ id, object, ended_at }) => {
        if (!ended_at) await this.removeFile(id, object);
      });
      await this.inParts(sql.REMOVE_ROWS, [accountId]);
    });
  }

  /**
   * Removes what is old, enqueues again what the queue has lost, and gives up what could not be read; what fails keeps
   * nothing else from being done. Answers how many came back.
   */
  async tidy(): Promise<number> {
    let back = 0;
    const failures: unknown[] = [];
    const works = [
      () => this.remove(sql.OLD, []),
      async () => void (back = await this.bringBack()),
      () => this.giveUp(),
      () => this.inParts(sql.REMOVE_DRY, []),
    ];
    for (const work of works) await work().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
    return back;
  }

  private bringBack(): Promise<number> {
    return this.transactions.run(async () => {
      const silent = await this.transactions.query<ImportRequest>(sql.SILENT);
      for (const { id } of silent) await this.outbox.job(readImport, id, { importId: id });
      return silent.length;
    });
  }

  private async giveUp(): Promise<void> {
    for (const { id } of await this.transactions.query<{ id: string }>(sql.EXHAUSTED_RETRIES)) {
      await this.transactions.run(() => this.end(id, sql.GIVE_UP, [id])).catch(endedBefore);
    }
  }

  /** Removes imports, and before them their errors, which are many. */
  private async remove(
    text: string,
    params: readonly Param[],
    each?: (removed: ImportRequest) => Promise<void>,
  ): Promise<void> {
    for (let found = sql.SOME; found === sql.SOME;) {
      const ids = (await this.transactions.query<{ id: string }>(text, params)).map(({ id }) => id);
      if (ids.length === 0) return;
      await this.inParts(sql.REMOVE_ERRORS, [ids]);
      for (const one of await this.transactions.query<ImportRequest>(sql.REMOVE, [ids])) await each?.(one);
      found = ids.length;
    }
  }

  private async inParts(text: string, values: Param[]): Promise<void> {
    while ((await this.transactions.ask({ text, values })).rowCount === sql.PART);
  }

  /** @throws Refusal `not_found` when it has ended already */
  private async end(id: string, text: string, params: readonly Param[]): Promise<void> {
    await this.first(sql.LOCK_OF, [id]);
    await this.ended(await this.still(text, params));
  }

  /** The end of an import lets the next one begin, and its file is not read any more. */
  private async ended({ id, object, account_id, kind }: ImportRequest): Promise<void> {
    await this.removeFile(id, object);
    await this.handOver(account_id, kind);
  }

  private removeFile(id: string, object: string): Promise<void> {
    return this.outbox.job(readImport, `${id}-file`, { importId: id, object });
  }

  /** Gives the next one of this account to the workers, if it is its turn. */
  private async handOver(accountId: number, kind: ImportKind): Promise<void> {
    const next = await this.first(sql.NEXT, [accountId, kind]);
    if (next) await this.outbox.job(readImport, next.id, { importId: next.id });
  }

  private async still(text: string, params: readonly Param[]): Promise<ImportRequest> {
    return (await this.first(text, params)) ?? Promise.reject(new Refusal('not_found'));
  }

  private first(text: string, params: readonly Param[]): Promise<ImportRequest | undefined> {
    return this.transactions.first<ImportRequest>(text, params);
  }
}

function endedBefore(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'not_found')) throw error;
}

function belonging(found: ImportRequest | undefined, kind: ImportKind, caller: Caller): ImportRequest {
  if (!found || found.kind !== kind) throw new Refusal('not_found');
  if (found.account_id !== ownerOf(caller).accountId) throw new Refusal('forbidden');
  return found;
}
