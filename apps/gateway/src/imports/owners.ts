import {
  importKindOf,
  type ImportKind,
  type ImportOperations,
  orderImports,
  powerCenterImports,
  Refusal,
  workerImports,
} from '@open-cpo/contracts';

/** What the gateway asks the owner of an import. */
export type Owner = Pick<ImportOperations, 'start' | 'list' | 'one' | 'errors' | 'cancel'>;

/** Written out, so that the broker's permissions can be derived from the source. */
export const OWNERS: Readonly<Record<ImportKind, Owner>> = {
  'power-centers': {
    start: powerCenterImports.start,
    list: powerCenterImports.list,
    one: powerCenterImports.one,
    errors: powerCenterImports.errors,
    cancel: powerCenterImports.cancel,
  },
  workers: {
    start: workerImports.start,
    list: workerImports.list,
    one: workerImports.one,
    errors: workerImports.errors,
    cancel: workerImports.cancel,
  },
  orders: {
    start: orderImports.start,
    list: orderImports.list,
    one: orderImports.one,
    errors: orderImports.errors,
    cancel: orderImports.cancel,
  },
};

/** The kind that an import's id names. @throws Refusal `not_found` for what is no such id */
export function kindOfImport(id: string): ImportKind {
  const kind = importKindOf(id);
  if (!kind) throw new Refusal('not_found');
  return kind;
}
