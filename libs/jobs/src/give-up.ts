import { UnrecoverableError } from 'bullmq';

/** Thrown by a handler for what no further try can mend: the job fails for good. */
export class GiveUp extends UnrecoverableError {
  override readonly name = 'GiveUp';
}
