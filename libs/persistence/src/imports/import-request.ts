import { isoMoment, type Identity, type ImportJob, type ImportKind, type ImportStatus } from '@open-cpo/contracts';

/** An import as it is stored. */
export interface ImportRequest {
  readonly id: string;
  readonly kind: ImportKind;
  readonly account_id: number;
  /** Who asked for it, as they were then. */
  readonly identity: Identity;
  readonly dry_run: boolean;
  readonly object: string;
  readonly size: number;
  readonly digest: string;
  readonly status: ImportStatus;
  readonly bytes: number;
  readonly rows: number;
  readonly created: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly unknown_columns: readonly string[];
  readonly reason: string | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}

const MOST_BEFORE_THE_END = 99;

/** The form in which services and clients see it. */
export function jobOf(request: ImportRequest): ImportJob {
  const { id, kind, status, dry_run, rows, created, unchanged, failed, unknown_columns, reason } = request;
  const percent = Math.min(MOST_BEFORE_THE_END, Math.floor((100 * request.bytes) / request.size));
  return {
    id,
    kind,
    status,
    dry_run,
    progress: status === 'finished' ? 100 : percent,
    rows,
    created,
    unchanged,
    failed,
    unknown_columns: [...unknown_columns],
    reason,
    created_at: isoMoment(request.created_at),
    ended_at: request.ended_at && isoMoment(request.ended_at),
  };
}
