const PATIENCE = 30_000;
const PAUSE = 10;

/**
 * Waits until `look` finds something other than `undefined` or `false`, and answers it.
 * @throws Error when that takes longer than `patience` (half a minute): waiting on would only hide what is wrong.
 */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what = String(look),
  patience = PATIENCE,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
