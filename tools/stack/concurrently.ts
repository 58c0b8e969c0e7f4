/** Does something with every one of them, so many at once. */
export async function concurrently<T>(
  many: number,
  all: Iterable<T>,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const waiting = [...all];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: many }, worker));
}
