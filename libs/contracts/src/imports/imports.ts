import { job } from '../core/domain-event';
import { Nothing } from '../core/list-query';
import { list, nothing, operations, read, write } from '../core/operation';
import { Text } from '../fields';
import * as shapes from './import-shapes';
import type { ImportKind } from './kinds';

const { ImportBatch, ImportError, ImportFailure, ImportJob, ImportPlan, ImportRef, ImportRun } = shapes;
const { ListImportErrors, StartImport } = shapes;

const byWorker = { audit: false, reason: 'The worker reports on its work.' } as const;

/** The imports of one kind, owned by the service that owns what they make; persistence has the handler. */
const importsOf = (resource: `${string}.${string}-imports`) =>
  operations(resource, {
    /** One a kind and account runs at a time. */
    start: write(StartImport, ImportJob, { audit: 'imports.create' }),
    /** The latest 50 of the account. */
    list: read(Nothing, list(ImportJob)),
    one: read(ImportRef, ImportJob),
    errors: read(ListImportErrors, list(ImportError)),
    /** What was written stays. */
    cancel: write(ImportRef, nothing, { audit: 'imports.cancel' }),
    /** For the worker. @throws Refusal `not_found` when nothing is to be read any more */
    begin: write(ImportRun, ImportPlan, byWorker),
    /** For the worker, as who asked for it: all of it in one transaction, once. @throws Refusal `not_found` as above */
    batch: write(ImportBatch, nothing, {
      deadline: 60_000,
      audit: false,
      reason: 'Each row leaves the entry of what it creates.',
    }),
    /** For the worker: all rows are dealt with. @throws Refusal `not_found` as above */
    finished: write(ImportRun, nothing, byWorker),
    /** For the worker: no further try will be made. */
    failed: write(ImportFailure, nothing, byWorker),
  });

export type ImportOperations = ReturnType<typeof importsOf>;

export const powerCenterImports = importsOf('stations.power-centers-imports');
export const workerImports = importsOf('workforce.workers-imports');
export const orderImports = importsOf('orders.orders-imports');

/** Who owns which kind. */
export const IMPORTS: Readonly<Record<ImportKind, ImportOperations>> = {
  'power-centers': powerCenterImports,
  workers: workerImports,
  orders: orderImports,
};

/** The job carries the id alone; what to read is asked for when it begins. */
export class ReadImport extends shapes.ImportRef {
  /** The file of one that has ended: nothing is read, the file is removed. */
  @Text() object?: string | null;
}

export const readImport = job('imports', ReadImport, 8, 2000);
