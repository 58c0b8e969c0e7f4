import { importKindOf, type ImportKind, type ImportOperations, orderImports } from '@open-cpo/contracts';
import { powerCenterImports, workerImports } from '@open-cpo/contracts';
import { GiveUp } from '@open-cpo/jobs';

/** What the worker asks the owner of an import. */
export type Owner = Pick<ImportOperations, 'begin' | 'batch' | 'finished' | 'failed'>;

// Written out, so that the broker's permissions can be derived from the source.
const OWNERS: Readonly<Record<ImportKind, Owner>> = {
  'power-centers': {
    begin: powerCenterImports.begin,
    batch: powerCenterImports.batch,
    finished: powerCenterImports.finished,
    failed: powerCenterImports.failed,
  },
  workers: {
    begin: workerImports.begin,
    batch: workerImports.batch,
    finished: workerImports.finished,
    failed: workerImports.failed,
  },
  orders: {
    begin: orderImports.begin,
    batch: orderImports.batch,
    finished: orderImports.finished,
    failed: orderImports.failed,
  },
};

/** The owner of what an import makes, whom its id names. @throws GiveUp for what is no such id */
export function ownerOfImport(id: string): Owner {
  const kind = importKindOf(id);
  if (!kind) throw new GiveUp(`not an import: ${id}`);
  return OWNERS[kind];
}
