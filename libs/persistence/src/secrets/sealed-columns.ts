/** A column whose values are sealed with a `SECRETS_KEY`. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly key: { readonly column: string; readonly type: 'integer' | 'bigint' | 'text' };
  /** SQL: the account that a value is bound to. */
  readonly account?: string;
  /** Rows of a part; fewer where values are long. */
  readonly batch?: number;
  /** The value sealed with the current key; nothing where it is already. @throws Error where no key opens it */
  reseal(sealed: Buffer, accountId: number): Buffer | undefined;
}

/** The sealed columns of a service; provided by it for `secretsOperators`. */
export abstract class SealedColumns {
  abstract readonly all: readonly SealedColumn[];
}

/** What was opened with which key, the first being the current one. */
export interface Opened<T> {
  readonly plain: T;
  readonly isCurrent: boolean;
}

/** Opens with the first key that fits. @throws Error where none does */
export function openedWith<T>(keys: readonly Buffer[], open: (key: Buffer) => T): Opened<T> {
  let failure: unknown;
  for (const [index, key] of keys.entries()) {
    try {
      return { plain: open(key), isCurrent: index === 0 };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
