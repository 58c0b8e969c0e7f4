import type { Tally } from '../load/tally';

/** Failures without a word, and failures of what had nothing to do with the fault. */
export function toldOf(
  tally: Tally,
  hit: readonly string[] | 'all',
  cuts: boolean,
): { told: string[]; others: string[] } {
  const others: string[] = [];
  if (hit !== 'all') {
    const spared = tally.services.filter((service) => !hit.includes(service));
    for (const service of spared) {
      const failed = tally.count([service], ['told', 'untold', 'late', ...(cuts ? [] : (['cut'] as const))]);
      if (failed > 0)
        others.push(
          `${failed} of ${tally.count([service])} requests of ${service} failed, such as ${tally.lastFailure(service)}`,
        );
    }
  }
  const cut = cuts ? 0 : tally.count(undefined, ['cut']);
  return { told: [...tally.untold, ...(cut > 0 ? [`${cut} connections were cut`] : [])], others };
}
