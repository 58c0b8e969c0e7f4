/** A failure that a person can act on: printed without a stack trace. */
export class StackError extends Error {
  override readonly name = 'StackError';
}

const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;

/** Wraps text in an ANSI colour when the output is a terminal. */
export function paint(code: number, text: string): string {
  return colours ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** One line of progress. */
export function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Runs a step and tells how long it took. */
export async function step<T>(text: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  say(`${paint(36, '…')} ${text}`);
  const result = await work();
  say(`${paint(32, '✓')} ${text} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return result;
}

/** Ends the process after an error, with a text that fits it. */
export function fail(error: unknown): never {
  const known = error instanceof StackError;
  const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`\n${paint(31, '✗')} ${text}\n`);
  process.exit(1);
}
