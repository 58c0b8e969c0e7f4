import type { ChangeWorker, Worker } from '@open-cpo/contracts';

const FIELDS = ['first_name', 'last_name', 'email', 'rfid', 'expire_at'] as const;
type Field = (typeof FIELDS)[number];

/** What of a request differs from what there is; what is absent stays. */
export function changesOf(before: Worker, wanted: ChangeWorker): Partial<Record<Field, string>> {
  const changes: Partial<Record<Field, string>> = {};
  for (const field of FIELDS) {
    const value = wanted[field];
    if (value !== undefined && value !== before[field]) changes[field] = value;
  }
  return changes;
}
