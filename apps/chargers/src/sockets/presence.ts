import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { ChargersConfig } from '../config';
import { REPLICA_LOST_SECONDS } from './connection.queries';
import { ConnectionsRepository } from './connections.repository';
import { Sockets } from './sockets';

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
  private aliveAt = Date.now();

  constructor(
    private readonly connections: ConnectionsRepository,
    private readonly sockets: Sockets,
    private readonly config: ChargersConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    void this.try();
    this.timer = setInterval(() => void this.try(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** What one replica has published, another does not find any more. `lost`: also those without a sign of life. */
  async run(lost = true): Promise<void> {
    while (await this.connections.endWithoutReplica());
    while (await this.connections.publishAbsent(this.config.chargersAbsenceSeconds));
    if (!lost) return;
    while (await this.connections.publishLost());
    await this.connections.forgetReplicas();
  }

  private async try(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await this.sayAlive();
      if (Date.now() < this.graceUntil) return;
      this.looks += 1;
      await this.run(this.looks % LOOKS_PER_LOST === 0);
    } catch (error) {
      this.graceUntil = Date.now() + GRACE_MS;
      this.log.warn('Absent chargers could not be published', { error });
    } finally {
      this.running = false;
    }
  }

  /** After a while in which it could not be said, others may have ended the connections of this process. */
  private async sayAlive(): Promise<void> {
    const now = Date.now();
    await this.connections.alive();
    if (now - this.aliveAt > (REPLICA_LOST_SECONDS * 1000) / 2) this.sockets.writeAll();
    this.aliveAt = now;
  }
}
