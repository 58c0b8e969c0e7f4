import { ApiProperty } from '../core/documentation';
import type { Language } from '../core/caller';
import { Choice, Int, Pattern, Text } from '../fields';
import {
  EXPORT_FORMATS,
  EXPORT_KINDS,
  EXPORT_STATUSES,
  type ExportFormat,
  type ExportKind,
  type ExportStatus,
} from './kinds';

/** What a cell holds; `json` is JSON as text; amounts of `money` are in the currency of the export. */
export type CellType = 'text' | 'integer' | 'decimal' | 'money' | 'moment' | 'flag' | 'json';

/** A value of a row: numbers of any length come as text, moments as `2025-01-31 23:59:59` in the owner's zone. */
export type Cell = string | number | boolean | null;

export class ExportColumn {
  /** In the language of the export. */
  title: string;
  type: CellType;
  /** In characters. */
  width: number;
}

export class StartExport {
  @Choice(EXPORT_FORMATS, {
    description:
      'The form of the file; `csv` also by `Accept: text/csv`. `csv-semicolon`: semicolons between cells, decimal commas.',
  })
  format?: ExportFormat | null;
}

export class ExportRef {
  @Text({ presence: 'required', max: 80 }) exportId: string;
}

/** The file of a finished export. */
export interface ExportFile {
  /** Its name in the file store. */
  readonly object: string;
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  readonly format: ExportFormat;
}

/** An export as the service that owns its rows knows it. */
export class ExportState {
  id: string;
  kind: ExportKind;
  status: ExportStatus;
  progress: number;
  rows: number | null;
  /** There while it is finished and kept. */
  file: ExportFile | null;
}

/** An export as clients see it. */
export class ExportJob {
  @ApiProperty({ example: 'orders-0b0ab0fe-5a7c-4a8e-9d3d-0d3a3c1c4a11' }) id: string;
  @ApiProperty({ example: 'orders', enum: EXPORT_KINDS }) kind: ExportKind;
  @ApiProperty({ example: 'running', enum: EXPORT_STATUSES }) status: ExportStatus;
  /** Percent of the rows that are written. */
  @ApiProperty({ example: 40, minimum: 0, maximum: 100 }) progress: number;
  /** Rows written so far. */
  @ApiProperty({ example: 400000, nullable: true, type: Number }) rows: number | null;
  /** Where the file is, for 24 hours; null until it is whole. */
  @ApiProperty({ nullable: true, type: String, example: null }) url: string | null;
}

/** One attempt of one worker at an export; a later attempt takes over, and calls of the earlier one are refused. */
export class ExportRun extends ExportRef {
  @Text({ presence: 'required', max: 40 }) run: string;
}

/** What a worker has to write. */
export class ExportPlan {
  kind: ExportKind;
  format: ExportFormat;
  language: Language;
  /** ISO 4217 code of all amounts. */
  currency: string;
  /** Name of the sheet and title of the document. */
  title: string;
  columns: ExportColumn[];
}

export class ExportProgress extends ExportRun {
  @Int({ presence: 'required', min: 0 }) rows: number;
}

export class ExportWritten extends ExportProgress {
  @Text({ presence: 'required', max: 120 }) object: string;
  @Pattern(/^\d{1,15}$/, 'The :attribute field must be a number of bytes.', { presence: 'required' }) size: string;
  @Pattern(/^[0-9a-f]{64}$/, 'The :attribute field must be a SHA-256.', { presence: 'required' }) digest: string;
}

export class ExportFailure extends ExportRun {
  /** For operators. */
  @Text({ presence: 'required', max: 500 }) reason: string;
}

/** One row: its cells in the order of the columns. */
export class ExportRow extends Array<Cell> {}
