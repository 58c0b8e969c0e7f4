import { Injectable } from '@nestjs/common';
import { type BackEndGranted, backEndGranted } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { HeldSessions } from '../sessions/held-sessions';
import { BackEndsRepository } from './back-ends.repository';

/** Stores which power centers back ends serve, as stations publishes it. */
@Injectable()
export class BackEndsConsumer {
  constructor(
    private readonly repository: BackEndsRepository,
    private readonly held: HeldSessions,
  ) {}

  @Consumes(backEndGranted, { as: 'orders-back-ends' })
  async granted(told: BackEndGranted): Promise<void> {
    await this.repository.keep(told);
    // Sessions may have waited for it.
    this.held.poke();
  }
}
