import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { FileStore } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';

const HOURLY = 3_600_000;

/** Has the store remove files that are past their age, where it does not do so by itself. */
@Injectable()
export class OldFiles implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly files: FileStore,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tidy(), HOURLY).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async tidy(): Promise<void> {
    await this.files.tidy().catch((error: unknown) => this.log.warn('Old files could not be removed', { error }));
  }
}
