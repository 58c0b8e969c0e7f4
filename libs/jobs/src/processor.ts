import { accept, type Job } from '@open-cpo/contracts';
import { tracing, withLogFields } from '@open-cpo/platform';
import { DelayedError, type Job as QueuedJob, UnrecoverableError } from 'bullmq';
import { GiveUp } from './give-up';
import { TryLater } from './try-later';

/** Which try this is. */
export interface Attempt {
  /** The job's name in the log. */
  readonly job: string;
  /** From 1. */
  readonly number: number;
  /** When this one fails, none follows. */
  readonly last: boolean;
  /** Whether an earlier try has marked this step as done. */
  did(step: string): boolean;
  /** Remembers a step that must not be done twice, for the tries that may follow. */
  mark(step: string): Promise<void>;
}

export type JobHandler<T> = (payload: T, attempt: Attempt) => Promise<void>;

/** Told what becomes of jobs that are not done. */
export interface Endings {
  /** A job comes again when its handler wants it to. */
  later(queued: QueuedJob): void;
  /** A try failed, for good or not. Within the span and the log fields of the job. */
  failed(error: unknown, forGood: boolean): void;
}

/** Reads the payload as declared before the handler sees it: a queue may hold what an older version has written. */
export function processorOf<T extends object>(
  job: Job<T>,
  handler: JobHandler<T>,
  endings: Endings,
): (queued: QueuedJob, token?: string) => Promise<void> {
  const handled = async (queued: QueuedJob, attempt: Attempt): Promise<void> => {
    try {
      const { input, errors } = accept(job.payload, queued.data);
      if (!errors.empty) throw new GiveUp(`not a payload of ${job.queue}: ${JSON.stringify(errors.toMap())}`);
      await handler(input, attempt);
    } catch (error) {
      if (!(error instanceof TryLater)) endings.failed(error, attempt.last || error instanceof UnrecoverableError);
      throw error;
    }
  };
  return async (queued, token) => {
    const attempt = attemptOf(queued);
    await withLogFields({ job: attempt.job, attempt: attempt.number }, () =>
      traced(job, queued, attempt, () => handled(queued, attempt)).catch(async (error: unknown) => {
        if (!(error instanceof TryLater)) throw error;
        await queued.moveToDelayed(Date.now() + error.after, token);
        endings.later(queued);
        // Tells BullMQ that the job was delayed and is not to be completed.
        throw new DelayedError(error.message);
      }),
    );
  };
}

function attemptOf(queued: QueuedJob): Attempt {
  const number = queued.attemptsMade + 1;
  const steps = (): string[] => (Array.isArray(queued.progress) ? (queued.progress as string[]) : []);
  return {
    job: queued.id ?? '',
    number,
    last: number >= (queued.opts.attempts ?? 1),
    did: (step) => steps().includes(step),
    mark: (step) => queued.updateProgress([...steps(), step]),
  };
}

/** Works the job off as a span below what asked for it, where traces are taken. */
function traced(job: Job<object>, queued: QueuedJob, { number }: Attempt, work: () => Promise<void>): Promise<void> {
  const traces = tracing();
  if (!traces) return work();
  const attributes = { 'messaging.system': 'bullmq', 'messaging.destination.name': job.queue, attempt: number };
  const parent = queued.opts.telemetry?.metadata;
  return traces.span(`job ${job.queue}`, { kind: 'consumer', parent, attributes }, work);
}
