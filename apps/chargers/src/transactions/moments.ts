import { CLOCK_TOLERANCE_MS, type Moment, momentOf, readTime } from '@open-cpo/ocpp';
import { cut } from '../messages/storable';
import type { ChargerContext } from '../sockets/charger-context';
import type { ChargerTransaction } from './transactions.repository';

/**
 * When something happened in a transaction. A clock that was never set, or is ahead, was wrong at the begin, too: what was
 * added then keeps the length of the session right.
 */
export function momentIn(
  context: ChargerContext,
  transaction: Pick<ChargerTransaction, 'clock_offset_ms'> | undefined,
  text: unknown,
  receivedAt: number,
): Moment {
  const { at, quirk } = readTime(text);
  const implausible = quirk === 'time_before_2020' || (at ?? 0) > receivedAt + CLOCK_TOLERANCE_MS;
  const known = context.clock.offset;
  const offset = implausible && known === 0 ? (transaction?.clock_offset_ms ?? 0) : known;
  return momentOf(text, receivedAt, offset);
}

/** What a charger said of a time, as it is kept. */
export const saidOf = (text: unknown): string | null =>
  typeof text === 'string' ? cut(text.replace(/\p{Cc}/gu, ''), 64) : null;
