import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Log } from '../log/log';

/**
 * Work that is repeated at an interval while the process runs: never twice at the same time, and a graceful shutdown
 * waits for its end. An error is logged, and the next interval tries again.
 */
export abstract class Periodic implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  /** Set at shutdown: long work ends after its current batch. */
  protected ending = false;

  protected constructor(
    private readonly intervalMs: number,
    protected readonly log: Log,
  ) {}

  /** Does the work now, also beside the timer; where rows are concerned, replicas may do it at the same time. */
  abstract run(): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void (this.running ??= this.tick()), this.intervalMs).unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.ending = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async tick(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.log.warn('Periodic work failed and is tried again', { work: this.constructor.name, error });
    } finally {
      this.running = undefined;
    }
  }
}
