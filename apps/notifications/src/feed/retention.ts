import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { NotificationsConfig } from '../config';
import { FeedRepository } from './feed.repository';

const INTERVAL_MS = 60_000;

/** Forgets events that are older than feeds reach back, in small pieces. Replicas that do it at once do no harm. */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private ended = false;

  constructor(
    private readonly repository: FeedRepository,
    private readonly config: NotificationsConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tidy(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    this.ended = true;
    clearInterval(this.timer);
  }

  async tidy(): Promise<void> {
    try {
      for (let more = true; more && !this.ended;) more = await this.repository.forget(this.config.eventRetentionDays);
    } catch (error) {
      this.log.warn('Old events are forgotten later', { error });
    }
  }
}
