import type { Cell, CellType, Language } from '@open-cpo/contracts';
import type { Param } from '../transactions/transactions';

/** For whom an export is written, as they were when they asked for it. */
export interface ExportViewer {
  readonly accountId: number;
  /** Who asked for it first. */
  readonly userId: number;
  readonly language: Language;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** A column of an export. */
export interface SourceColumn<R> {
  readonly title: Readonly<Record<Language, string>>;
  readonly type: CellType;
  /** In characters. */
  readonly width: number;
  readonly of: (row: R, viewer: ExportViewer) => Cell;
}

/** What can be exported of one kind: a statement of a service's own and what is shown of its rows. */
export interface ExportSource<R extends object> {
  /** Name of the sheet: 31 characters at most, none of `[]:*?/\`. */
  readonly title: Readonly<Record<Language, string>>;
  readonly columns: readonly SourceColumn<R>[];
  /** About how many rows there are; decides who writes it, and is what progress is measured by. */
  estimate(accountId: number): Promise<number>;
  /** The rows depend on who asks: the file, which is JSON, is for that user alone. */
  readonly personal?: true;
  /** Rows that other services have, after those of the statement. */
  beyond?(viewer: ExportViewer): Promise<readonly object[]>;
  /** Every row of the account, and of no other. */
  statement(viewer: ExportViewer): { readonly text: string; readonly params: readonly Param[] };
}

/** Any source, for code that only passes it on. */
export type AnySource = ExportSource<never>;
