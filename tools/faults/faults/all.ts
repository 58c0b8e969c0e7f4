import { chargerFaults, chargerPairFaults } from './chargers';
import type { Fault } from './fault';
import { misbehaviourFaults, misbehaviourPairFaults } from './misbehaviours';
import { phaseFaults } from './phases';
import { poisonFaults } from './poison';
import { pairFaults, processFaults } from './processes';
import { serverFaults } from './servers';

/** Every fault, those that need a second process of everything last. */
export const FAULTS: readonly Fault[] = [
  ...processFaults,
  ...serverFaults,
  ...phaseFaults,
  ...poisonFaults,
  ...chargerFaults,
  ...misbehaviourFaults,
  ...pairFaults,
  ...chargerPairFaults,
  ...misbehaviourPairFaults,
];

/** Those to try: by a part of their names, or those of the short form. */
export function chosen(only: readonly string[], short: boolean): Fault[] {
  const named = FAULTS.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));
  return named.filter((fault) => !short || fault.short || only.length > 0);
}
