import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { ChargersConfig } from '../config';
import { ConnectionsRepository } from './connections.repository';

const INTERVAL_MS = 5000;
/** Looks from one for chargers without a sign of life to the next. */
const LOOKS_PER_LOST = 12;
/** After a look that failed: those that are connected are written first. */
const GRACE_MS = 15_000;

/** Publishes chargers that have been away for a while. One that comes back at once was never away. */
@Injectable()
export class Presence implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private running = false;
  private graceUntil = 0;
  private looks = 0;

  constructor(
    private readonly connections: ConnectionsRepository,
    private readonly config: ChargersConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.try(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** What one replica has published, another does not find any more. `lost`: also those without a sign of life. */
  async run(lost = true): Promise<void> {
    while (await this.connections.publishAbsent(this.config.chargersAbsenceSeconds));
    while (lost && (await this.connections.publishLost()));
  }

  private async try(): Promise<void> {
    if (this.running || Date.now() < this.graceUntil) return;
    this.running = true;
    this.looks += 1;
    await this.run(this.looks % LOOKS_PER_LOST === 0)
      .catch((error: unknown) => {
        this.graceUntil = Date.now() + GRACE_MS;
        this.log.warn('Absent chargers could not be published', { error });
      })
      .finally(() => (this.running = false));
  }
}
