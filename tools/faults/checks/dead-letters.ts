import { type DeadLetter, deadLetters } from '../../operator/dead-letters';
import { asUser } from '../environment/broker';
import type { EnvironmentUnderTest } from '../environment/test-context';

/** More than all faults together cause. */
const MOST = 10_000;

/** Events of sessions at chargers that a consumer refused: the service for chargers has to publish what others can handle. */
export const ofChargers = (letters: readonly DeadLetter[]): string[] =>
  letters
    .filter(({ payload }) => payload.includes('"session_id":"ocpp.'))
    .map(({ consumer, subject, reason, payload }) => `${consumer} refused ${subject}: ${reason} (${payload})`);

/** Those that the broker keeps. */
export const chargerDeadLetters = (
  environment: Pick<EnvironmentUnderTest, 'addresses' | 'secrets'>,
): Promise<string[]> => asUser(environment, 'operator', async (nats) => ofChargers(await deadLetters(nats, MOST)));
