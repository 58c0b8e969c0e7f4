import type { SequenceStand } from './account-under-attack';
import { attackDepartures } from './departures';
import { attackJoining } from './joining';
import { attackSecondFactors } from './second-factors';

/** Requests that are each allowed, and must not add up to more. */
export async function attackSequences(stand: SequenceStand): Promise<void> {
  await attackDepartures(stand);
  await attackJoining(stand);
  await attackSecondFactors(stand);
}
