/** Redis cannot be asked right now; nothing was added. */
export class QueueUnavailable extends Error {
  override readonly name = 'QueueAway';

  constructor(cause?: unknown) {
    super('The job queue is away', { cause });
  }
}
