import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Job } from '@open-cpo/contracts';
import { Metrics, tracing } from '@open-cpo/platform';
import { Queue } from 'bullmq';
import { JOBS_OPTIONS, queuePrefix, type JobsOptions } from './jobs-options';
import { measureQueue } from './metrics/queue-gauges';
import { QueueUnavailable } from './queue-unavailable';
import { RedisConnection } from './redis-connection';

/** A job that no further try is made of. */
export interface DeadJob {
  readonly id: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly failedAt: string;
}

const HOUR = 3600;

// BullMQ takes no bare numbers and no colons for ids.
const jobIdOf = (job: Job<unknown>, id: string | number): string => `${job.queue}-${id}`.replaceAll(':', '-');

/** Adds jobs. The row that asked for the work is the truth: a queue can be wiped and filled again from those rows. */
@Injectable()
export class JobQueues implements BeforeApplicationShutdown {
  private readonly queues = new Map<string, Queue>();
  private readonly measured = new Set<string>();

  constructor(
    private readonly redis: RedisConnection,
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Adds a job; one that already waits, runs or was done within the last hour under the same id is not added again.
   * One that failed for good starts again.
   * @throws QueueUnavailable at once while Redis is unavailable
   */
  async add<T extends object>(job: Job<T>, id: string | number, payload: T): Promise<void> {
    const jobId = jobIdOf(job, id);
    const metadata = tracing()?.current;
    this.measure(job);
    await this.ask(job, async (queue) => {
      const earlier = await queue.getJob(jobId);
      if (await earlier?.isFailed()) await earlier?.remove();
      await queue.add(job.queue, payload, {
        jobId,
        attempts: job.attempts,
        delay: Math.floor(Math.random() * job.spread),
        // After an outage a provider must not get all retries at the same moment.
        backoff: { type: 'exponential', delay: job.backoff, jitter: 0.5 },
        removeOnComplete: { age: HOUR, count: 1000 },
        removeOnFail: { age: 7 * 24 * HOUR },
        ...(metadata ? { telemetry: { metadata } } : {}),
      });
    });
  }

  /** Shows the length of a job's queue at `/metrics`, of processes that add or process jobs. */
  measure(job: Job<unknown>): void {
    if (this.measured.has(job.queue)) return;
    this.measured.add(job.queue);
    measureQueue(this.metrics, job.queue, (question) => this.ask(job, question));
  }

  /** The latest jobs that failed for good, newest first. */
  dead(job: Job<unknown>, most = 100): Promise<DeadJob[]> {
    return this.ask(job, async (queue) => {
      const failed = await queue.getFailed(0, most - 1);
      return failed.map((one) => ({
        id: String(one.id).slice(job.queue.length + 1),
        reason: one.failedReason,
        failedAt: new Date(one.finishedOn ?? one.timestamp).toISOString(),
      }));
    });
  }

  /** Tries a job again that failed for good; false when there is none. */
  revive(job: Job<unknown>, id: string | number): Promise<boolean> {
    return this.ask(job, async (queue) => {
      const failed = await queue.getJob(jobIdOf(job, id));
      if (!(await failed?.isFailed())) return false;
      await failed?.retry('failed', { resetAttemptsMade: true });
      return true;
    });
  }

  /** A job's queue, for views of it: jobs are added by `add`. @throws QueueAway */
  open(job: Job<unknown>): Promise<Queue> {
    return this.ask(job, (queue) => Promise.resolve(queue));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
  }

  private async ask<R>(job: Job<unknown>, question: (queue: Queue) => Promise<R>): Promise<R> {
    this.redis.assertUsable();
    try {
      return await question(await this.queue(job.queue));
    } catch (error) {
      throw this.redis.client.status === 'ready' ? error : new QueueUnavailable(error);
    }
  }

  /** A queue whose first connection failed stays unusable and is created again. */
  private async queue(name: string): Promise<Queue> {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = new Queue(name, {
      connection: this.redis.client,
      prefix: queuePrefix(this.options),
      skipWaitingForReady: true,
    });
    queue.on('error', (error) => this.redis.trouble(error));
    await queue.waitUntilReady();
    this.queues.set(name, queue);
    return queue;
  }
}
