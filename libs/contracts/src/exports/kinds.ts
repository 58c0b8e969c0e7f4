/** What can be exported as a file; an export's id begins with its kind. */
export const EXPORT_KINDS = ['power-centers', 'orders', 'feedback', 'personal-data'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/**
 * The forms of the file, by `Accept` or the query. `csv-semicolon` has semicolons between its cells and a comma in its decimals,
 * as spreadsheets read CSV where the comma is the decimal separator.
 */
export const EXPORT_FORMATS = ['xlsx', 'csv', 'csv-semicolon'] as const;
/** `json` is the form of personal data alone. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number] | 'json';

export const EXPORT_STATUSES = ['waiting', 'running', 'finished', 'failed', 'cancelled'] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

/** Names of the files, to the letter of the reference (L1090, L1429, L2269). */
const NAMES: Record<ExportKind, string> = {
  'power-centers': 'file',
  orders: 'Orders',
  feedback: 'feedback',
  'personal-data': 'personal-data',
};
const ENDINGS: Record<ExportFormat, string> = { xlsx: 'xlsx', csv: 'csv', 'csv-semicolon': 'csv', json: 'json' };

/** The name under which a client saves the file. */
export const exportFileName = (kind: ExportKind, format: ExportFormat): string => `${NAMES[kind]}.${ENDINGS[format]}`;

const ID = new RegExp(`^(${EXPORT_KINDS.join('|')})-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`);

/** The kind in an export's id; undefined when it is no id of an export. */
export const exportKindOf = (id: string): ExportKind | undefined => ID.exec(id)?.[1] as ExportKind | undefined;
