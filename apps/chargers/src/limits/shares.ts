/** Amperes below which no vehicle charges (IEC 61851). */
export const LEAST_AMPERES = 6;

/** A charger that shares the limit of its site. */
export interface Sharer {
  readonly id: number;
  /** Its own limit in amperes; null: none. */
  readonly own: number | null;
  /** Connectors that charge. */
  readonly charging: number;
  /** Whether its limit can be changed now. */
  readonly reachable: boolean;
  /** The most that it takes as long as nothing is changed; null where that is not known. */
  readonly most: number | null;
}

/**
 * What each charger of a site may take, in whole amperes. Those that charge share by the number of their connectors that do; each
 * other one keeps as much as a session needs to begin, where there is enough. What a charger takes that cannot be reached is left
 * to it. The sum is never above the limit.
 */
export function sharesOf(amperes: number, chargers: readonly Sharer[]): ReadonlyMap<number, number> {
  const shares = new Map<number, number>();
  let rest = amperes;
  for (const { id, reachable, most } of chargers) {
    if (reachable) continue;
    const kept = Math.min(rest, most ?? 0);
    shares.set(id, kept);
    rest -= kept;
  }
  const reachable = chargers.filter((one) => one.reachable);
  const sorted = [...reachable].sort((a, b) => Number(b.charging > 0) - Number(a.charging > 0) || a.id - b.id);
  for (const { id, own } of sorted) {
    const least = Math.min(LEAST_AMPERES, own ?? LEAST_AMPERES);
    const given = rest >= least ? least : 0;
    shares.set(id, given);
    rest -= given;
  }
  const charging = sorted.filter((one) => one.charging > 0);
  divide(rest, charging.length > 0 ? charging : sorted, shares);
  return shares;
}

/** Adds what is left, by weight, up to the own limit of each; what does not go into whole amperes is left over. */
function divide(amperes: number, chargers: readonly Sharer[], shares: Map<number, number>): void {
  let rest = amperes;
  let open = chargers.filter(({ id }) => (shares.get(id) ?? 0) > 0);
  while (rest > 0 && open.length > 0) {
    const weights = open.reduce((sum, { charging }) => sum + Math.max(1, charging), 0);
    const unit = rest / weights;
    const given = open.map((one) => {
      const has = shares.get(one.id) ?? 0;
      const room = (one.own ?? Number.POSITIVE_INFINITY) - has;
      return { one, has, more: Math.floor(Math.min(room, unit * Math.max(1, one.charging))) };
    });
    const sum = given.reduce((total, { more }) => total + more, 0);
    if (sum === 0) return;
    given.forEach(({ one, has, more }) => shares.set(one.id, has + more));
    rest -= sum;
    open = open.filter(({ id, own }) => own === null || (shares.get(id) ?? 0) < own);
  }
}
