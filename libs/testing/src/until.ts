const PATIENCE = 30_000;
const PAUSE = 10;

/**
 * Waits until `look` finds something other than `undefined` or `false`, and answers it.
 * @throws Error when that takes half a minute: waiting on would only hide what is wrong.
 */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what = String(look),
): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
