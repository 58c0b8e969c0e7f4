import { Injectable } from '@nestjs/common';
import { Log, Periodic } from '@open-cpo/platform';
import { NotificationsConfig } from '../config';
import { FeedRepository } from './feed.repository';

const INTERVAL_MS = 60_000;

/** Forgets events that are older than feeds reach back, in small pieces. Replicas that do it at once do no harm. */
@Injectable()
export class Retention extends Periodic {
  constructor(
    private readonly repository: FeedRepository,
    private readonly config: NotificationsConfig,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  async run(): Promise<void> {
    try {
      for (let more = true; more && !this.ending;) more = await this.repository.forget(this.config.eventRetentionDays);
    } catch (error) {
      this.log.warn('Old events are forgotten later', { error });
    }
  }
}
