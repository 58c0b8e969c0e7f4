import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { ExportRequests } from './export-requests';

const INTERVAL_MS = 15_000;

/** Enqueues exports without progress again: a queue can be wiped, its rows are kept. */
export abstract class LostJobs implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private looking?: Promise<void>;

  constructor(
    private readonly requests: { tidy(): Promise<number> },
    private readonly log: Log,
    /** What is lost, in the log. */
    private readonly what: string,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void (this.looking ??= this.look()), INTERVAL_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      const count = await this.requests.tidy();
      if (count > 0) this.log.warn(`${this.what} of which nothing was heard are asked for again`, { count });
    } catch (error) {
      this.log.warn(`${this.what} that were lost could not be looked for`, { error });
    } finally {
      this.looking = undefined;
    }
  }
}

@Injectable()
export class LostExports extends LostJobs {
  constructor(requests: ExportRequests, log: Log) {
    super(requests, log, 'Exports');
  }
}
