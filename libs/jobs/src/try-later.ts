/** Thrown by a handler that knows itself when it wants to be called again. Of the job's attempts it uses up none. */
export class TryLater extends Error {
  override readonly name = 'TryLater';

  constructor(
    /** Milliseconds until then, at the earliest. */
    readonly after: number,
    why?: string,
  ) {
    super(why);
  }
}
