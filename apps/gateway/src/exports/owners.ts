import {
  type ExportKind,
  exportKindOf,
  type ExportOperations,
  feedbackExports,
  orderExports,
  personalDataExports,
  powerCenterExports,
  Refusal,
} from '@open-cpo/contracts';

/** What the gateway asks the owner of an export. */
export type Owner = Pick<ExportOperations, 'start' | 'one' | 'cancel'>;

/** Written out, so that the broker's permissions can be derived from the source. */
export const OWNERS: Readonly<Record<ExportKind, Owner>> = {
  'power-centers': {
    start: powerCenterExports.start,
    one: powerCenterExports.one,
    cancel: powerCenterExports.cancel,
  },
  orders: { start: orderExports.start, one: orderExports.one, cancel: orderExports.cancel },
  feedback: { start: feedbackExports.start, one: feedbackExports.one, cancel: feedbackExports.cancel },
  'personal-data': {
    start: personalDataExports.start,
    one: personalDataExports.one,
    cancel: personalDataExports.cancel,
  },
};

/** The owner whom an export's id names. @throws Refusal `not_found` for what is no such id */
export function ownerOfExport(id: string): Owner {
  const kind = exportKindOf(id);
  if (!kind) throw new Refusal('not_found');
  return OWNERS[kind];
}
