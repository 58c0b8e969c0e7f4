import { Refusal } from '@open-cpo/contracts';
import { translate } from '../errors/translate';
import type { Transactions } from '../transactions/transactions';
import type { RowToImport } from './importer';

/**
 * Writes rows one by one, each within a part of the current transaction that is taken back when it is refused: what is
 * wrong with its fields is added to its errors. `write` answers what was made.
 */
export async function eachInPart<R>(
  transactions: Transactions,
  rows: readonly RowToImport<R>[],
  write: (row: RowToImport<R>) => Promise<{ readonly id: number }>,
): Promise<void> {
  for (const row of rows) {
    await transactions.query('savepoint one_row');
    try {
      const { id } = await write(row);
      await transactions.query('release savepoint one_row');
      row.made = id;
    } catch (error) {
      await transactions.query('rollback to savepoint one_row');
      addTo(row, translate(error) ?? error);
    }
  }
}

/** What was in the map before, the refusal repeats. */
function addTo({ errors }: RowToImport<unknown>, error: unknown): void {
  if (!(error instanceof Refusal) || error.code !== 'validation_failed') throw error;
  for (const [name, messages] of Object.entries(error.fields ?? { row: [error.message] })) {
    if (!errors.has(name)) for (const message of messages) errors.add(name, message);
  }
}
