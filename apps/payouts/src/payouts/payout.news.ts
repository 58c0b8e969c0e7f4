import { Injectable } from '@nestjs/common';
import { payoutChanged } from '@open-cpo/contracts';
import { Outbox } from '@open-cpo/persistence';
import { PayoutsRepository } from './payouts.repository';

/** Tells what became of a payout, in the transaction in which it did. */
@Injectable()
export class PayoutNews {
  constructor(
    private readonly repository: PayoutsRepository,
    private readonly outbox: Outbox,
  ) {}

  async tell(id: number): Promise<void> {
    const payout = await this.repository.told(id);
    if (payout) await this.outbox.publish(payoutChanged, id, payout);
  }
}
