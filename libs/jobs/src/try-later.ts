/** Milliseconds when the time that was asked for is no time. */
const DEFAULT_AFTER_MS = 60_000;

/** Thrown by a handler that knows itself when it wants to be called again. Of the job's attempts it uses up none. */
export class TryLater extends Error {
  override readonly name = 'TryLater';
  /** Milliseconds until then, at the earliest. */
  readonly after: number;

  /** A time that is missing or `NaN`, as of an answer of another version, is a minute: never at once, again and again. */
  constructor(after: number, why?: string) {
    super(why);
    this.after = Number.isFinite(after) ? Math.max(after, 0) : DEFAULT_AFTER_MS;
  }
}
