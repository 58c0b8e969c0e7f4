const HANG_GUARD_MS = 300_000;
const POLL_INTERVAL_MS = 10;

/**
 * Waits until `look` finds something other than `undefined` or `false`, and answers it.
 * @throws Error when that takes longer than `patience` (five minutes): a guard against hanging, not a measure of speed.
 */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what = String(look),
  patience = HANG_GUARD_MS,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}
