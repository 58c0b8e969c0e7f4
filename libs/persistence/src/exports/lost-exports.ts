import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { ExportRequests } from './export-requests';

const EVERY = 15_000;

/** Looks after exports of which nothing is heard: a queue can be wiped, its rows bring it back. */
@Injectable()
export class LostExports implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private looking?: Promise<void>;

  constructor(
    private readonly requests: ExportRequests,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void (this.looking ??= this.look()), EVERY).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      const count = await this.requests.tidy();
      if (count > 0) this.log.warn('Exports of which nothing was heard are asked for again', { count });
    } catch (error) {
      this.log.warn('Lost exports could not be looked for', { error });
    } finally {
      this.looking = undefined;
    }
  }
}
