/** The middle of the values; between two where there are as many above as below. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The value that `part` of all (0 to 1) do not exceed: the nearest rank, so that it is one that was measured. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(part * sorted.length)));
  return sorted[rank - 1] ?? Number.NaN;
}

/** Pauses between arrivals that know nothing of each other: exponential, `mean` long on average. */
export const poissonPause = (mean: number, random: () => number = Math.random): number =>
  -Math.log(1 - random()) * mean;
