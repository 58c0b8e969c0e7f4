import type { Caller, FieldErrors } from '@open-cpo/contracts';

/** A row that has not been imported before; fields that have errors already are left out of `input`. */
export interface RowToImport<R> {
  readonly input: R;
  readonly errors: FieldErrors;
  /** The id of what was made of it, where that can be removed again. */
  made?: number;
}

/** Writes rows of one kind, in the current transaction and for who asked for the import. */
export interface Importer<R extends object> {
  /** Rows of a batch at most. */
  readonly batch: number;
  /** Columns with unique values, with the error for those that exist already. */
  readonly unique?: Partial<Readonly<Record<keyof R & string, string>>>;
  /** Writes those that have no errors; to the others, and to those that it cannot write, it adds what is wrong. */
  add(rows: readonly RowToImport<R>[], caller: Caller): Promise<void>;
}

/** Any importer, for code that only passes it on. */
export type AnyImporter = Importer<never>;
