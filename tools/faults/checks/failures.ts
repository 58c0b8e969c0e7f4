import type { Tally } from '../load/tally';

/** Undocumented failures, and failures of services that the fault did not hit. */
export function failuresOf(
  tally: Tally,
  hit: readonly string[] | 'all',
  cuts: boolean,
): { unexpected: string[]; others: string[] } {
  const others: string[] = [];
  if (hit !== 'all') {
    const spared = tally.services.filter((service) => !hit.includes(service));
    for (const service of spared) {
      const failed = tally.count([service], ['unavailable', 'error', 'late', ...(cuts ? [] : (['cut'] as const))]);
      if (failed > 0)
        others.push(
          `${failed} of ${tally.count([service])} requests of ${service} failed, such as ${tally.lastFailure(service)}`,
        );
    }
  }
  const cut = cuts ? 0 : tally.count(undefined, ['cut']);
  return { unexpected: [...tally.errors, ...(cut > 0 ? [`${cut} connections were cut`] : [])], others };
}
