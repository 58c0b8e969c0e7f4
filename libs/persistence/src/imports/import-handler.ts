import { Controller, Inject, type Type } from '@nestjs/common';
import {
  type Caller,
  type HandlersOf,
  type ImportBatch,
  importColumnsOf,
  type ImportError,
  type ImportFailure,
  type ImportJob,
  type ImportKind,
  type ImportOperations,
  type ImportPlan,
  type ImportRef,
  type ImportRun,
  type ListImportErrors,
  MOST_IMPORT_ERRORS,
  type Nothing,
  type StartImport,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { jobOf } from './import-request';
import { ImportRequests } from './import-requests';
import type { AnyImporter } from './importer';
import { RowImports } from './row-imports';

const TOO_MANY_ERRORS = `${MOST_IMPORT_ERRORS} rows have errors; the rest of the file was not read.`;

type ForClients = 'start' | 'list' | 'one' | 'errors' | 'cancel';

/** The handlers of one kind's operations: what clients ask, and what the worker asks. */
export const importHandlers = (kind: ImportKind, operations: ImportOperations, importer: Type<AnyImporter>): Type[] => [
  forClients(kind, operations),
  forWorkers(kind, operations, importer),
];

function forClients(kind: ImportKind, operations: ImportOperations): Type {
  @Controller()
  class ImportHandler implements HandlersOf<Pick<ImportOperations, ForClients>> {
    constructor(readonly requests: ImportRequests) {}

    @Handles(operations.start)
    async start(input: StartImport, caller: Caller): Promise<ImportJob> {
      return jobOf(await this.requests.start(kind, input, caller));
    }

    @Handles(operations.list)
    async list(_: Nothing, caller: Caller): Promise<ImportJob[]> {
      return (await this.requests.latest(kind, caller)).map(jobOf);
    }

    @Handles(operations.one)
    async one({ importId }: ImportRef, caller: Caller): Promise<ImportJob> {
      return jobOf(await this.requests.owned(importId, kind, caller));
    }

    @Handles(operations.errors)
    errors({ importId, after }: ListImportErrors, caller: Caller): Promise<ImportError[]> {
      return this.requests.errors(importId, kind, after ?? 0, caller);
    }

    @Handles(operations.cancel)
    cancel({ importId }: ImportRef, caller: Caller): Promise<void> {
      return this.requests.cancel(importId, kind, caller);
    }
  }
  return ImportHandler;
}

function forWorkers(kind: ImportKind, operations: ImportOperations, source: Type<AnyImporter>): Type {
  @Controller()
  class ImportWorkHandler implements HandlersOf<Omit<ImportOperations, ForClients>> {
    constructor(
      readonly requests: ImportRequests,
      readonly rows: RowImports,
      @Inject(source) readonly importer: AnyImporter,
    ) {}

    @Handles(operations.begin)
    async begin({ importId, run }: ImportRun): Promise<ImportPlan> {
      const { object, size, digest, rows, identity } = await this.requests.begin(importId, run);
      const { batch } = this.importer;
      return { kind, object, size, digest, rows, identity, columns: importColumnsOf(kind), batch };
    }

    @Handles(operations.batch)
    async batch(batch: ImportBatch, caller: Caller): Promise<void> {
      const request = await this.requests.running(batch, caller);
      // Told again, because its answer was lost.
      if (batch.from < request.rows) return;
      const counts = await this.rows.take(request, batch.rows, this.importer, caller);
      await this.requests.done(request.id, batch, counts);
      if (request.failed + counts.failed >= MOST_IMPORT_ERRORS)
        await this.requests.failed(batch.importId, batch.run, TOO_MANY_ERRORS);
    }

    @Handles(operations.finished)
    finished({ importId, run }: ImportRun): Promise<void> {
      return this.requests.finished(importId, run);
    }

    @Handles(operations.failed)
    failed({ importId, run, reason }: ImportFailure): Promise<void> {
      return this.requests.failed(importId, run, reason);
    }
  }
  return ImportWorkHandler;
}
