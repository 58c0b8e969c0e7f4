import { CLOCK_TOLERANCE_MS, type Moment, momentOf, readTime, seemsSet } from '@open-cpo/ocpp';
import { cut } from '../messages/storable';
import type { ChargerContext } from '../sockets/charger-context';
import type { ChargerTransaction } from './transactions.repository';

type Begun = Pick<ChargerTransaction, 'clock_offset_ms' | 'late' | 'started_at' | 'start_received_at'>;

/**
 * When something happened in a transaction. A clock that was never set, is ahead, or is found to be behind after the begin was
 * taken for an offline one, was wrong at the begin, too: what was added then keeps the length of the session right.
 */
export function momentIn(
  context: ChargerContext,
  transaction: Begun | undefined,
  text: unknown,
  receivedAt: number,
): Moment {
  const { at, quirk } = readTime(text);
  const implausible = quirk === 'time_before_2020' || (at ?? 0) > receivedAt + CLOCK_TOLERANCE_MS;
  const known = context.clock.offset;
  const isOfBegin = transaction && ((implausible && known === 0) || wasBehind(transaction, known));
  const moment = momentOf(text, receivedAt, isOfBegin ? transaction.clock_offset_ms : known);
  // Nothing of it was before its begin: the clock was set since.
  const isBefore = transaction !== undefined && moment.at < +transaction.started_at;
  return isBefore && seemsSet(at ?? 0, receivedAt, moment.offset) ? momentOf(text, receivedAt, 0) : moment;
}

/** Whether the begin is as old as the clock is behind: it was told when it happened, or earlier. */
const wasBehind = ({ clock_offset_ms, late, started_at, start_received_at }: Begun, offset: number): boolean =>
  late && clock_offset_ms === 0 && offset > 0 && +start_received_at - +started_at >= offset - CLOCK_TOLERANCE_MS;

/** What a charger said of a time, as it is kept. */
export const saidOf = (text: unknown): string | null =>
  typeof text === 'string' ? cut(text.replace(/\p{Cc}/gu, ''), 64) : null;
