import { Controller } from '@nestjs/common';
import {
  type Caller,
  type FieldErrors,
  type HandlersOf,
  type ListPayouts,
  ownerOf,
  type Page,
  type Payout,
  type PayoutProgress,
  type PayoutRef,
  payoutsNotice,
  payoutsPayouts,
  type RequestPayout,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit, CurrencyRates, Outbox } from '@open-cpo/persistence';
import Big from 'big.js';
import { minuteOf } from '../methods/delay';
import { Execution } from './execution';
import { PayoutsRepository, type Viewer } from './payouts.repository';
import { Requesting } from './requesting';

/** Money on its way to owners. */
@Controller()
export class PayoutsHandler implements HandlersOf<typeof payoutsPayouts> {
  constructor(
    private readonly repository: PayoutsRepository,
    private readonly requesting: Requesting,
    private readonly execution: Execution,
    private readonly rates: CurrencyRates,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
  ) {}

  @Handles(payoutsPayouts.table)
  table(input: ListPayouts, caller: Caller): Promise<Page<Payout>> {
    return this.repository.page(input, this.viewer(caller));
  }

  @Handles(payoutsPayouts.all)
  all(input: ListPayouts, caller: Caller): AsyncIterable<Payout> {
    return this.repository.all(input, this.viewer(caller));
  }

  @Handles(payoutsPayouts.request, { finishesValidation: true })
  async request({ payoutMethod }: Partial<RequestPayout>, caller: Caller, errors: FieldErrors): Promise<void> {
    const { accountId: account_id, userId: user_id } = ownerOf(caller);
    const requested = await this.requesting.request(payoutMethod, ownerOf(caller), errors);
    const { id, method, amountUsd, account, notBefore } = requested;
    const after = { method, account, amount_usd: amountUsd, not_before: notBefore?.toISOString() };
    await this.audit.write({ subject: 'payout', id, after }, caller);
    const until: Record<string, string> = notBefore ? { until: minuteOf(notBefore) } : {};
    const details = { method, account, amount: `${new Big(amountUsd).toFixed(2)} USD`, ...until };
    await this.outbox.publish(payoutsNotice, account_id, { kind: 'payout-requested', account_id, user_id, details });
  }

  @Handles(payoutsPayouts.execute)
  execute({ id }: PayoutRef): Promise<PayoutProgress> {
    return this.execution.execute(id);
  }

  private viewer(caller: Caller): Viewer {
    const { accountId, currency } = ownerOf(caller);
    return { accountId, currency, rate: this.rates.has(currency) ? this.rates.rateOf(currency) : '1' };
  }
}
