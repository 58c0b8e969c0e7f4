import { type DeadLetter, deadLetters } from '../../operator/dead-letters';
import { asUser } from '../stage/broker';
import type { Surrounded } from '../stage/scene';

/** More than all faults together cause. */
const MOST = 10_000;

/** Events of sessions at chargers that a consumer refused: the service for chargers has to publish what others can handle. */
export const ofChargers = (letters: readonly DeadLetter[]): string[] =>
  letters
    .filter(({ payload }) => payload.includes('"session_id":"ocpp.'))
    .map(({ consumer, subject, reason, payload }) => `${consumer} refused ${subject}: ${reason} (${payload})`);

/** Those that the broker keeps. */
export const chargerDeadLetters = (stage: Pick<Surrounded, 'direct' | 'secrets'>): Promise<string[]> =>
  asUser(stage, 'operator', async (nats) => ofChargers(await deadLetters(nats, MOST)));
