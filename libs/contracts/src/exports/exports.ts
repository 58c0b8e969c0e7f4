import { job } from '../core/domain-event';
import { nothing, operations, read, stream, write } from '../core/operation';
import { topic } from '../core/topic';
import * as shapes from './export-shapes';
import type { ExportKind } from './kinds';

const { ExportPlan, ExportProgress, ExportRef, ExportRow, ExportRun, ExportState, ExportFailure, ExportWritten } =
  shapes;

const byWorker = { audit: false, reason: 'The worker reports on its work.' } as const;

/** The exports of one kind, owned by the service that owns the rows; persistence has the handler. */
const exportsOf = (resource: `${string}.${string}-exports`) =>
  operations(resource, {
    /** One a kind and owner runs at a time: the same request joins it, another one waits for its end. */
    start: write(shapes.StartExport, ExportState, {
      audit: false,
      reason: 'An export changes nothing of the account.',
    }),
    /** 403 for one of another account. */
    one: read(ExportRef, ExportState),
    /** Its file is not to be had any more. One that others asked for as well goes on for them. */
    cancel: write(ExportRef, nothing, { audit: false, reason: 'An export changes nothing of the account.' }),
    /** For the worker. @throws Refusal `not_found` when nothing is to be written any more */
    begin: write(ExportRun, ExportPlan, byWorker),
    /** For the worker: every row, from one moment. */
    rows: stream(ExportRun, ExportRow, { deadline: 30_000 }),
    /** For the worker: a sign of life. @throws Refusal `not_found` when it was cancelled or taken over */
    heard: write(ExportProgress, nothing, byWorker),
    /** For the worker: the file is whole and stored. @throws Refusal `not_found` as above */
    finished: write(ExportWritten, nothing, byWorker),
    /** For the worker: no further try will be made. */
    failed: write(ExportFailure, nothing, byWorker),
  });

export type ExportOperations = ReturnType<typeof exportsOf>;

export const powerCenterExports = exportsOf('stations.power-centers-exports');
export const orderExports = exportsOf('orders.orders-exports');
export const feedbackExports = exportsOf('orders.feedback-exports');
/** What is held of the caller; always as JSON. */
export const personalDataExports = exportsOf('auth.personal-data-exports');

/** Who owns which kind. */
export const EXPORTS: Readonly<Record<ExportKind, ExportOperations>> = {
  'power-centers': powerCenterExports,
  orders: orderExports,
  feedback: feedbackExports,
  'personal-data': personalDataExports,
};

/** An export has finished, failed or been cancelled; the key is its id. */
export const exportEnded = topic<shapes.ExportRef>('exports.ended');

/** The job carries the id alone; what to write is asked for when it begins. */
export class WriteExport extends shapes.ExportRef {}

/** Writes a file. Large ones have a queue of their own, so that they never keep small ones waiting. */
export const writeExport = job('exports', WriteExport, 8, 2000);
export const writeLargeExport = job('exports-large', WriteExport, 8, 2000);
/** Rows from which on an export counts as large. */
export const LARGE_EXPORT = 20_000;
