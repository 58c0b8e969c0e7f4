import { ApiProperty } from '../core/documentation';
import type { Identity } from '../core/caller';
import { Bool, Choice, FilePart, Int, Json, Pattern, Text } from '../fields';
import type { ImportColumn } from './import-rows';
import { IMPORT_KINDS, IMPORT_STATUSES, type ImportKind, type ImportStatus, LARGEST_IMPORT } from './kinds';

/** The fields of a multipart form. */
export class ImportFile {
  @Choice(IMPORT_KINDS, { presence: 'required', example: 'orders' }) kind: ImportKind;
  @Bool({ example: true, description: 'true: nothing is written; counts and errors are those that there would be.' })
  dry_run?: boolean | null;
  @FilePart({ presence: 'required', description: 'CSV or xlsx, up to 50 MiB.' }) file: object;
}

export class ImportTemplate {
  @Choice(IMPORT_KINDS, { presence: 'required', example: 'orders' }) kind: ImportKind;
}

/** A file that lies in the store. */
export class StartImport {
  @Pattern(/^import-[0-9a-f-]{36}$/, 'The :attribute field must name a file.', { presence: 'required' })
  object: string;
  @Int({ presence: 'required', min: 1, max: LARGEST_IMPORT }) size: number;
  /** SHA-256, hexadecimal. */
  @Text({ presence: 'required' }) digest: string;
  @Bool() dry_run?: boolean | null;
}

export class ImportRef {
  @Text({ presence: 'required', max: 80 }) importId: string;
}

/** An import as clients see it. */
export class ImportJob {
  @ApiProperty({ example: 'orders-0b0ab0fe-5a7c-4a8e-9d3d-0d3a3c1c4a11' }) id: string;
  @ApiProperty({ example: 'orders', enum: IMPORT_KINDS }) kind: ImportKind;
  @ApiProperty({ example: 'running', enum: IMPORT_STATUSES }) status: ImportStatus;
  /** Nothing is written: the counts and errors are those that there would be. */
  @ApiProperty({ example: false }) dry_run: boolean;
  /** Percent of the file that is read. */
  @ApiProperty({ example: 40, minimum: 0, maximum: 100 }) progress: number;
  /** Rows that are dealt with so far, which are those of the next three counts. */
  @ApiProperty({ example: 4000 }) rows: number;
  @ApiProperty({ example: 3990 }) created: number;
  /** Rows that had been imported before. */
  @ApiProperty({ example: 0 }) unchanged: number;
  /** Rows with errors. */
  @ApiProperty({ example: 10 }) failed: number;
  /** Columns of the file that mean nothing; the first 50. */
  @ApiProperty({ example: ['notes'], type: [String] }) unknown_columns: string[];
  /** Why the file as a whole has failed. */
  @ApiProperty({ nullable: true, type: String, example: null }) reason: string | null;
  @ApiProperty({ example: '2025-03-22T22:02:36.000000Z', format: 'date-time' }) created_at: string;
  @ApiProperty({ nullable: true, type: String, format: 'date-time', example: null }) ended_at: string | null;
}

export class ListImportErrors extends ImportRef {
  @Int({ min: 0, example: 0, description: 'Lines after this one, up to 500 errors.' }) after?: number | null;
}

/** What is wrong with one row. */
export class ImportError {
  /** Of the file, or the number of the row in a workbook; the header is 1. */
  @ApiProperty({ example: 7 }) line: number;
  /** Column -> what is wrong with it. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    example: { started_at: ['The started at field is required.'] },
  })
  errors: Record<string, string[]>;
}

/** One attempt of one worker; a later attempt takes over, and calls of the earlier one are refused. */
export class ImportRun extends ImportRef {
  @Text({ presence: 'required', max: 40 }) run: string;
}

/** What a worker has to read, and for whom. */
export class ImportPlan {
  kind: ImportKind;
  object: string;
  size: number;
  /** SHA-256 of the file, hexadecimal. */
  digest: string;
  columns: ImportColumn[];
  /** Rows that are dealt with: the next batch begins after them. */
  rows: number;
  /** Rows of a batch at most. */
  batch: number;
  /** Who asked for it: what is written is written for them. */
  identity: Identity;
}

export interface ImportRow {
  readonly line: number;
  /** By the name of the column. */
  readonly cells: Readonly<Record<string, string>>;
  /** What is wrong with it as the file has it, by column. */
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

/** Rows that follow each other. */
export class ImportBatch extends ImportRun {
  /** Rows of the file before them. */
  @Int({ presence: 'required', min: 0 }) from: number;
  @Json({ presence: 'required' }) rows: ImportRow[];
  /** Bytes of the file that are read by now. */
  @Int({ presence: 'required', min: 0 }) bytes: number;
  @Json() unknown_columns?: string[];
}

export class ImportFailure extends ImportRun {
  /** For who asked for it. */
  @Text({ presence: 'required', max: 500 }) reason: string;
}
