import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { Sweeps } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { OPEN_MONEY } from './account-closing';
import { Deletions, SWEEP } from './deletions.repository';
import { Erasure } from './erasure';

const INTERVAL_MS = 60_000;

/** Erases users whose deletion is due. */
@Injectable()
export class DeletionSweep extends Periodic {
  constructor(
    private readonly deletions: Deletions,
    private readonly erasure: Erasure,
    private readonly sweeps: Sweeps,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Does it now; what one replica has done, another finds done. Answers how many were dealt with. */
  async run(): Promise<number> {
    let done = 0;
    try {
      for (const id of await this.deletions.due()) done += await this.one(id);
    } catch (error) {
      this.log.warn('Deletions of users were put off', { error });
    }
    return done;
  }

  private one(id: number): Promise<number> {
    const work = async (): Promise<void> => {
      try {
        await this.erasure.hold(id);
        // It may have been stopped since it was found to be due.
        if (!(await this.deletions.lockDue(id))) return;
        await this.erasure.erase(id, internalCaller());
      } catch (error) {
        const code = error instanceof Refusal ? error.code : undefined;
        if (code === 'conflict') return this.deletions.postpone(id, OPEN_MONEY);
        if (code === 'not_found') return void (await this.deletions.remove(id));
        throw error;
      }
    };
    return this.sweeps.over({ name: SWEEP, items: [id], idOf: String, work });
  }
}
