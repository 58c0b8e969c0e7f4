import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Job } from '@open-cpo/contracts';
import { Health, Log, type LogFields, Metrics } from '@open-cpo/platform';
import { Worker } from 'bullmq';
import { JobQueues } from './job-queues';
import { JOBS_OPTIONS, queuePrefix, type JobsOptions } from './jobs-options';
import { measureWorker } from './metrics/job-meters';
import { processorOf, type JobHandler } from './processor';
import { RedisConnection } from './redis-connection';

export type { Attempt, JobHandler } from './processor';

export interface RunOptions {
  /** Jobs at the same time. */
  readonly concurrency?: number;
}

/** Works jobs off. At least once: a handler that has done its work before must notice it. */
@Injectable()
export class JobRunner implements OnModuleDestroy {
  private readonly workers: Worker[] = [];
  /** Failures that are in the log. */
  private readonly reported = new WeakSet<Error>();

  constructor(
    private readonly redis: RedisConnection,
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    private readonly log: Log,
    private readonly health: Health,
    private readonly metrics: Metrics,
    private readonly queues: JobQueues,
  ) {}

  /**
   * Runs `handler` for each job. An error is tried again after a growing while, `TryLater` after its own, `GiveUp` is
   * not. From here on the process is of no use without Redis.
   */
  run<T extends object>(job: Job<T>, handler: JobHandler<T>, { concurrency = 4 }: RunOptions = {}): void {
    const worker = new Worker(
      job.queue,
      processorOf(job, handler, {
        later: (queued) => meter.later(queued),
        failed: (error, forGood) => this.failed(error, forGood),
      }),
      {
        connection: this.redis.forWorkers(),
        prefix: queuePrefix(this.options),
        concurrency,
        // The job of a worker that was killed is taken over after 10 to 15 s, and survives a few such deaths.
        lockDuration: 10_000,
        stalledInterval: 5000,
        maxStalledCount: 5,
      },
    );
    this.report(worker);
    const meter = measureWorker(this.metrics, worker);
    this.queues.measure(job);
    this.workers.push(worker);
    this.health.add('redis', () => this.redis.usable());
    this.health.add(`jobs.${job.queue}`, () => worker.isRunning());
  }

  /** Takes no new jobs and waits for those at work; they may still call services. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  private report(worker: Worker): void {
    worker.on('error', (error) => this.redis.trouble(error));
    worker.on('stalled', (id) => this.log.warn('A job is taken over from a worker that was lost', { job: id }));
    // Of a job that no handler has failed: its workers were lost too often.
    worker.on('failed', (job, error) => {
      if (!this.reported.has(error)) this.failed(error, true, { job: job?.id, attempt: job?.attemptsMade });
    });
  }

  /** One line a failure; a handler's has the ids of its job and its trace by itself. */
  private failed(error: unknown, forGood: boolean, ids: LogFields = {}): void {
    if (error instanceof Error) this.reported.add(error);
    const fields = { ...ids, error };
    if (forGood) this.log.error('A job failed for good', fields);
    else this.log.warn('A job failed and is tried again', fields);
  }
}
