import type { Permission } from '../core/permissions';

/** What can be imported from a file; an import's id begins with its kind. */
export const IMPORT_KINDS = ['power-centers', 'workers', 'orders'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const IMPORT_STATUSES = ['waiting', 'running', 'finished', 'failed', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** Bytes of a file at most. */
export const LARGEST_IMPORT = 50 * 1024 * 1024;
/** Rows with errors after which an import ends. */
export const MOST_IMPORT_ERRORS = 10_000;

/** The permission that an import of a kind needs; the account's history is for the owner alone. */
export const importPermission = (kind: ImportKind): Permission =>
  kind === 'orders' ? 'account.update' : `${kind}.create`;

const ID = new RegExp(`^(${IMPORT_KINDS.join('|')})-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`);

/** The kind in an import's id; undefined when it is no id of an import. */
export const importKindOf = (id: string): ImportKind | undefined => ID.exec(id)?.[1] as ImportKind | undefined;
