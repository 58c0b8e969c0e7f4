import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { ChargersConfig } from '../config';
import { ConnectionsRepository } from './connections.repository';

const INTERVAL_MS = 5000;
const BATCH = 500;
/** After a look that failed: those that are connected are written first. */
const GRACE_MS = 15_000;

/** Publishes chargers that have been away for a while. One that comes back at once was never away. */
@Injectable()
export class Presence implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private running = false;
  private graceUntil = 0;

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

  /** What one replica has published, another does not find any more. */
  async run(): Promise<number> {
    let published = 0;
    for (let batch = BATCH; batch === BATCH; published += batch) {
      batch = await this.connections.publishAbsent(this.config.chargersAbsenceSeconds);
    }
    return published;
  }

  private async try(): Promise<void> {
    if (this.running || Date.now() < this.graceUntil) return;
    this.running = true;
    await this.run()
      .catch((error: unknown) => {
        this.graceUntil = Date.now() + GRACE_MS;
        this.log.warn('Absent chargers could not be published', { error });
      })
      .finally(() => (this.running = false));
  }
}
