import type { ExportFormat } from '@open-cpo/contracts';

/** Media types of files, to the letter. */
export const FILE_TYPES: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  'csv-semicolon': 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};
