/** Thrown by a handler that knows itself when it wants to be called again. That counts as no try of the job. */
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
