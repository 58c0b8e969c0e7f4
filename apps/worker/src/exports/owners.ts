import {
  type ExportKind,
  exportKindOf,
  type ExportOperations,
  feedbackExports,
  orderExports,
  personalDataExports,
  powerCenterExports,
} from '@open-cpo/contracts';
import { GiveUp } from '@open-cpo/jobs';

/** What the worker asks the owner of an export. */
export type Owner = Pick<ExportOperations, 'begin' | 'rows' | 'heard' | 'finished' | 'failed'>;

// Written out, so that the broker's permissions can be derived from the source.
const OWNERS: Readonly<Record<ExportKind, Owner>> = {
  'power-centers': {
    begin: powerCenterExports.begin,
    rows: powerCenterExports.rows,
    heard: powerCenterExports.heard,
    finished: powerCenterExports.finished,
    failed: powerCenterExports.failed,
  },
  orders: {
    begin: orderExports.begin,
    rows: orderExports.rows,
    heard: orderExports.heard,
    finished: orderExports.finished,
    failed: orderExports.failed,
  },
  feedback: {
    begin: feedbackExports.begin,
    rows: feedbackExports.rows,
    heard: feedbackExports.heard,
    finished: feedbackExports.finished,
    failed: feedbackExports.failed,
  },
  'personal-data': {
    begin: personalDataExports.begin,
    rows: personalDataExports.rows,
    heard: personalDataExports.heard,
    finished: personalDataExports.finished,
    failed: personalDataExports.failed,
  },
};

/** The owner of the rows, whom an export's id names. @throws GiveUp for what is no such id */
export function ownerOfExport(id: string): Owner {
  const kind = exportKindOf(id);
  if (!kind) throw new GiveUp(`not an export: ${id}`);
  return OWNERS[kind];
}
