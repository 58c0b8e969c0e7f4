import type { Metrics } from '@open-cpo/platform';
import type { Job, Worker } from 'bullmq';

/** How a try of a job ended. */
type Outcome = 'done' | 'tried_again' | 'failed';

/** Receives what the queue itself does not report. */
export interface WorkerMeter {
  /** A job comes again when its handler wants it to. */
  later(job: Job): void;
}

/** Counts what becomes of the jobs of a worker, and how long they take. */
export function measureWorker(metrics: Metrics, worker: Worker): WorkerMeter {
  const queue = worker.name;
  const tries = metrics.counter('open_cpo_job_tries_total', 'Tries of jobs by their outcome.', ['queue', 'outcome']);
  const durations = metrics.durations('open_cpo_job_duration_seconds', 'Time of one try of a job.', ['queue']);
  const took = durations.labels({ queue });
  for (const outcome of ['done', 'tried_again', 'failed'] as const) tries.inc({ queue, outcome }, 0);
  const ended = (outcome: Outcome, job?: Job): void => {
    tries.inc({ queue, outcome });
    if (job?.processedOn) took.observe(((job.finishedOn ?? Date.now()) - job.processedOn) / 1000);
  };
  worker.on('completed', (job) => ended('done', job));
  worker.on('failed', (job) => ended(job && job.finishedOn === undefined ? 'tried_again' : 'failed', job));
  return { later: (job) => ended('tried_again', job) };
}
