import type { OutboxRow } from './outbox-row';

/** How one pass over waiting rows went. */
export interface RelayResult {
  readonly sent: number[];
  readonly failures: { readonly row: OutboxRow; readonly error: unknown }[];
}

/** Aggregates served at once. */
const LANES = 64;

/**
 * Hands rows over: those of one aggregate one after the other, those of different ones side by side. An aggregate stops
 * at its first failure. `shouldContinue` is asked before each row.
 */
export async function relayBatch(
  rows: readonly OutboxRow[],
  deliver: (row: OutboxRow) => Promise<void>,
  shouldContinue: (so: RelayResult) => boolean,
): Promise<RelayResult> {
  const result: RelayResult = { sent: [], failures: [] };
  const waiting = [...byAggregate(rows)].values();
  const lane = async (): Promise<void> => {
    for (const group of waiting) {
      for (const row of group) {
        if (!shouldContinue(result)) return;
        try {
          await deliver(row);
          result.sent.push(row.id);
        } catch (error) {
          result.failures.push({ row, error });
          break;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return result;
}

function byAggregate(rows: readonly OutboxRow[]): Iterable<OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const group = groups.get(row.aggregate);
    if (group) group.push(row);
    else groups.set(row.aggregate, [row]);
  }
  return groups.values();
}
