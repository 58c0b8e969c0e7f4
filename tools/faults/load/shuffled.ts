/** In an order that is another one each time. */
export function shuffled<T>(given: readonly T[]): T[] {
  const all = [...given];
  for (let n = all.length - 1; n > 0; n -= 1) {
    const other = Math.floor(Math.random() * (n + 1));
    [all[n], all[other]] = [all[other] as T, all[n] as T];
  }
  return all;
}
