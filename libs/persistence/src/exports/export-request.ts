import {
  type Caller,
  type ExportFormat,
  type ExportKind,
  type ExportState,
  type ExportStatus,
  ownerOf,
} from '@open-cpo/contracts';
import type { Language } from '@open-cpo/contracts';

/** An export as it is stored. */
export interface ExportRequest {
  readonly id: string;
  readonly kind: ExportKind;
  readonly account_id: number;
  /** Users who asked for it; all of them may have it. */
  readonly requested_by: readonly number[];
  readonly format: ExportFormat;
  readonly language: Language;
  readonly currency: string;
  readonly time_zone: string;
  readonly estimate: number;
  readonly status: ExportStatus;
  /** Whether it is with the workers; until then it waits for the one before it. */
  readonly handed_over: boolean;
  readonly rows: number;
  readonly object: string | null;
  /** Bytes. */
  readonly size: number | null;
  readonly digest: string | null;
}

/** What makes two requests the same: all that the file depends on. */
export const sameness = (caller: Caller, kind: ExportKind, format: ExportFormat) => {
  const { accountId, currency, timeZone } = ownerOf(caller);
  return [accountId, kind, format, caller.language, currency, timeZone] as const;
};

const MOST_BEFORE_THE_END = 99;

function percentOf({ status, rows, estimate }: ExportRequest): number {
  if (status === 'finished') return 100;
  return Math.min(MOST_BEFORE_THE_END, Math.floor((100 * rows) / Math.max(1, estimate)));
}

/** The form in which services return it. */
export function stateOf(request: ExportRequest): ExportState {
  const { id, kind, status, rows, object, size, digest, format } = request;
  const whole = status === 'finished' && object !== null && size !== null && digest !== null;
  return {
    id,
    kind,
    status,
    progress: percentOf(request),
    rows: status === 'waiting' ? null : rows,
    file: whole ? { object, size, digest, format } : null,
  };
}
