import { setImmediate, setTimeout } from 'node:timers/promises';
import { Controller, Inject, type Type } from '@nestjs/common';
import {
  type Caller,
  type Cell,
  type ExportFailure,
  type ExportKind,
  type ExportOperations,
  type ExportPlan,
  type ExportProgress,
  type ExportRef,
  type ExportRun,
  type ExportState,
  type ExportWritten,
  type HandlersOf,
  ownerOf,
  type StartExport,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { type ExportRequest, stateOf } from './export-request';
import { ExportRequests } from './export-requests';
import type { AnySource, ExportViewer, SourceColumn } from './export-source';
import { Snapshots } from './snapshots';

/** Rows that are read before the request for a page may come in between. */
const IN_A_TURN = 25;
/** Rows after which an export rests for a moment, and how long, in milliseconds: it has time, those who wait have not. */
const IN_A_ROW = 150;
const REST = 1;

type ForClients = 'start' | 'one' | 'cancel';

/** The handlers of one kind's operations, for the module's controllers: what clients ask, and what the worker asks. */
export const exportHandlers = (kind: ExportKind, operations: ExportOperations, source: Type<AnySource>): Type[] => [
  forClients(kind, operations, source),
  forWorkers(operations, source),
];

function forClients(kind: ExportKind, operations: ExportOperations, source: Type<AnySource>): Type {
  @Controller()
  class ExportHandler implements HandlersOf<Pick<ExportOperations, ForClients>> {
    constructor(
      readonly requests: ExportRequests,
      @Inject(source) readonly source: AnySource,
    ) {}

    @Handles(operations.start)
    async start({ format }: StartExport, caller: Caller): Promise<ExportState> {
      const estimate = await this.source.estimate(ownerOf(caller).accountId);
      const { personal } = this.source;
      const form = personal ? 'json' : (format ?? 'xlsx');
      return stateOf(await this.requests.start({ kind, format: form, estimate, personal }, caller));
    }

    @Handles(operations.one)
    async one({ exportId }: ExportRef, caller: Caller): Promise<ExportState> {
      return stateOf(await this.requests.asked(exportId, kind, caller));
    }

    @Handles(operations.cancel)
    cancel({ exportId }: ExportRef, caller: Caller): Promise<void> {
      return this.requests.cancel(exportId, kind, caller);
    }
  }
  return ExportHandler;
}

function forWorkers(operations: ExportOperations, source: Type<AnySource>): Type {
  @Controller()
  class ExportWorkHandler implements HandlersOf<Omit<ExportOperations, ForClients>> {
    constructor(
      readonly requests: ExportRequests,
      readonly snapshots: Snapshots,
      @Inject(source) readonly source: AnySource,
    ) {}

    @Handles(operations.begin)
    async begin({ exportId, run }: ExportRun): Promise<ExportPlan> {
      return planOf(await this.requests.begin(exportId, run), this.source);
    }

    @Handles(operations.rows)
    async *rows({ exportId, run }: ExportRun): AsyncGenerator<Cell[]> {
      const viewer = viewerOf(await this.requests.running(exportId, run));
      const { text, params } = this.source.statement(viewer);
      const columns = this.source.columns as readonly SourceColumn<object>[];
      let looked = 0;
      for await (const row of this.snapshots.rows(text, params, viewer.accountId)) {
        yield columns.map(({ of }) => of(row, viewer));
        if ((looked += 1) % IN_A_ROW === 0) await setTimeout(REST);
        else if (looked % IN_A_TURN === 0) await setImmediate();
      }
      for (const row of (await this.source.beyond?.(viewer)) ?? []) yield columns.map(({ of }) => of(row, viewer));
    }

    @Handles(operations.heard)
    heard({ exportId, run, rows }: ExportProgress): Promise<void> {
      return this.requests.heard(exportId, run, rows);
    }

    @Handles(operations.finished)
    finished(written: ExportWritten): Promise<void> {
      return this.requests.finished(written);
    }

    @Handles(operations.failed)
    failed({ exportId, run, reason }: ExportFailure): Promise<void> {
      return this.requests.failed(exportId, run, reason);
    }
  }
  return ExportWorkHandler;
}

const viewerOf = ({ account_id, requested_by, language, currency, time_zone }: ExportRequest): ExportViewer => ({
  accountId: account_id,
  userId: requested_by[0] ?? 0,
  language,
  currency,
  timeZone: time_zone,
});

function planOf({ kind, format, language, currency }: ExportRequest, { title, columns }: AnySource): ExportPlan {
  const shown = columns.map(({ title, type, width }) => ({ title: title[language], type, width }));
  return { kind, format, language, currency, title: title[language], columns: shown };
}
