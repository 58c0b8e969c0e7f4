/** Milliseconds after which a check that does not answer counts as down. */
const TIMEOUT_MS = 1500;

/** The answer of a check; one that throws or does not answer in time is a no. */
export async function answerOf(check: () => boolean | Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS, false);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
