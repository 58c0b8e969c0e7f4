import { Refusal } from '@open-cpo/contracts';
import { driverError, sqlState } from './sql-state';

/**
 * For `.catch`: the last word on uniqueness belongs to the index, because two requests can both have looked before
 * either wrote. Turns its refusal into the field's error; everything else goes on as it was. The transaction is lost.
 */
export const onUnique =
  (constraint: string, field: string, message: string) =>
  (error: unknown): never => {
    if (sqlState(error) !== '23505' || driverError(error)?.constraint !== constraint) throw error;
    throw new Refusal('validation_failed', { message, fields: { [field]: [message] }, cause: error });
  };
