import type { SequenceTarget } from './account-under-attack';
import { attackDepartures } from './departures';
import { attackJoining } from './joining';
import { attackSecondFactors } from './second-factors';

/** Requests that are each allowed, and must not add up to more. */
export async function attackSequences(attacked: SequenceTarget): Promise<void> {
  await attackDepartures(attacked);
  await attackJoining(attacked);
  await attackSecondFactors(attacked);
}
