/** The filters of the audit trail, as they stand in the address. */
export interface AuditFilters {
  readonly user?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly id?: string | undefined;
  /** First and last day, as `2025-05-12`, in the reader's zone. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The beginning of a day of the reader, some days later; undefined for what is no day. */
function startOf(day: string | undefined, later: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '') ?? [];
  if (!year || !month || !date) return undefined;
  const moment = new Date(Number(year), Number(month) - 1, Number(date) + later);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** What the API is asked for; the last day is included. */
export function auditQuery({ user, action, subject, id, from, to }: AuditFilters) {
  const entries = {
    user_id: user && /^\d{1,9}$/.test(user) ? Number(user) : undefined,
    ...{ action, subject, subject_id: id },
    ...{ from: startOf(from, 0), to: startOf(to, 1) },
  };
  const given = Object.entries(entries).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(given) as Partial<{ [Key in keyof typeof entries]: NonNullable<(typeof entries)[Key]> }>;
}
