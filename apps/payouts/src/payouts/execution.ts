import { Injectable } from '@nestjs/common';
import { type PayoutProgress, type PayoutState, Refusal } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { Ledger } from '../ledger/ledger';
import { payoutEntry } from '../ledger/ledger.rules';
import { methodWithId } from '../methods/catalogue';
import type { Payment } from '../providers/provider';
import { Providers } from '../providers/providers';
import { PayoutNews } from './payout.news';
import { type Attempted, PayoutsRepository } from './payouts.repository';

const SILENCE = 'The provider did not answer and is asked again.';

/**
 * Moves the money that a payout has reserved. Three steps, each of which can be the last before a crash: the try is
 * counted; the provider is asked, under a key that makes it pay once; what it said is posted, once.
 */
@Injectable()
export class Execution {
  constructor(
    private readonly repository: PayoutsRepository,
    private readonly providers: Providers,
    private readonly transactions: Transactions,
    private readonly ledger: Ledger,
    private readonly news: PayoutNews,
  ) {}

  /** @throws Refusal `not_found`; `service_unavailable` while the outcome is unknown */
  async execute(id: number): Promise<PayoutProgress> {
    const payout = await this.repository.begin(id);
    if (!payout) return this.progress(id);
    const payment = await this.ask(payout);
    if (payment.outcome === 'waiting') {
      await this.repository.say(id, payment.text);
      return { status: 'pending' };
    }
    return this.settle(id, payment.outcome === 'paid' ? 'paied' : 'failed', payment.text);
  }

  /** Posts the end of a payout, unless it has ended before; then it stays as it was. */
  async settle(id: number, status: Exclude<PayoutState, 'pending'>, text: string): Promise<PayoutProgress> {
    await this.transactions.run(async () => {
      const { account_id } = await this.standing(id);
      // Before the payout's own row: requests of payouts lock in this order, too.
      await this.ledger.lock([account_id]);
      const settled = await this.repository.settle(id, status, text);
      if (!settled) return;
      const kind = status === 'paied' ? 'payout_paid' : 'payout_failed';
      await this.ledger.post([payoutEntry(kind, settled, status === 'failed' ? text : undefined)]);
      await this.news.tell(id);
    });
    return this.progress(id);
  }

  private async ask({ id, method_id, provider_key, provider_account, amount_usd }: Attempted): Promise<Payment> {
    try {
      const provider = this.providers.of(methodWithId(method_id).name);
      return await provider.pay({ key: provider_key, payoutId: id, account: provider_account, amountUsd: amount_usd });
    } catch (error) {
      await this.repository.say(id, SILENCE);
      throw error;
    }
  }

  private async progress(id: number): Promise<PayoutProgress> {
    const { status } = await this.standing(id);
    return { status };
  }

  private async standing(id: number) {
    const found = await this.repository.standing(id);
    if (!found) throw new Refusal('not_found');
    return found;
  }
}
