import { accept, type Job } from '@open-cpo/contracts';
import { tracing, withLogFields } from '@open-cpo/platform';
import { DelayedError, type Job as QueuedJob } from 'bullmq';
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

/**
 * Reads the payload as declared before the handler sees it: a queue may hold what an older version has written. `later`
 * is told of jobs that come again when their handler wants them to.
 */
export function processorOf<T extends object>(
  job: Job<T>,
  handler: JobHandler<T>,
  later: (queued: QueuedJob) => void,
): (queued: QueuedJob, token?: string) => Promise<void> {
  return async (queued, token) => {
    const { input, errors } = accept(job.payload, queued.data);
    if (!errors.empty) throw new GiveUp(`not a payload of ${job.queue}: ${JSON.stringify(errors.toMap())}`);
    const attempt = attemptOf(queued);
    await withLogFields({ job: attempt.job, attempt: attempt.number }, () =>
      traced(job, queued, attempt, () => handler(input, attempt)).catch(async (error: unknown) => {
        if (!(error instanceof TryLater)) throw error;
        await queued.moveToDelayed(Date.now() + error.after, token);
        later(queued);
        // How the queue is told that this job is none of its business for now.
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
