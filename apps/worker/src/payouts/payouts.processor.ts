import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type ExecutePayout, executePayout, payoutsPayouts, Refusal } from '@open-cpo/contracts';
import { GiveUp, JobRunner } from '@open-cpo/jobs';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';

/** Milliseconds: a provider is given seven seconds; a service that died is to be asked again soon. */
const TIMEOUT_MS = 10_000;

/**
 * Has payouts asked about until they are settled. What to pay, to whom, and whether it was paid is known to the payouts
 * service alone: a job that is done twice, or lost, changes nothing.
 */
@Injectable()
export class PayoutsProcessor implements OnApplicationBootstrap {
  constructor(
    private readonly runner: JobRunner,
    private readonly bus: Bus,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.runner.run(executePayout, (job) => this.execute(job));
  }

  private async execute({ id }: ExecutePayout): Promise<void> {
    try {
      const { status } = await this.bus.call(payoutsPayouts.execute, { id }, internalCaller({}, TIMEOUT_MS));
      this.log.log('The provider was asked for a payout', { payout: id, status });
    } catch (error) {
      throw error instanceof Refusal && error.code === 'not_found' ? new GiveUp(`there is no payout ${id}`) : error;
    }
  }
}
