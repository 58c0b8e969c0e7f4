import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { sessions } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 500;
/** Tokens remembered between two reports; more are reported with their next use. */
const MOST_REMEMBERED = 50_000;

/** Which sessions are in use: collected in memory and sent to auth once a minute, so that no request waits for it. */
@Injectable()
export class SessionUse implements OnApplicationBootstrap, OnApplicationShutdown {
  private used = new Set<string>();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly bus: Bus,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.report(), INTERVAL_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  note(sessionId: string | undefined): void {
    if (sessionId !== undefined && this.used.size < MOST_REMEMBERED) this.used.add(sessionId);
  }

  /** A failed report is dropped: a session in use is reported again. */
  async report(): Promise<void> {
    const ids = [...this.used];
    this.used = new Set();
    try {
      for (let from = 0; from < ids.length; from += BATCH_SIZE) {
        await this.bus.call(sessions.used, { ids: ids.slice(from, from + BATCH_SIZE) }, internalCaller());
      }
    } catch (error) {
      this.log.debug('The use of sessions was not reported', { error });
    }
  }
}
