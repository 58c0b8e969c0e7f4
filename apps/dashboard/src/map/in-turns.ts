/** Milliseconds of work after which input and painting have their turn. */
const TURN_MS = 12;

/** Does a long work in parts, so that the page answers meanwhile. */
export async function inTurns<Item>(items: readonly Item[], work: (item: Item) => unknown): Promise<void> {
  let begun = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - begun < TURN_MS) continue;
    await new Promise((done) => setTimeout(done));
    begun = performance.now();
  }
}
