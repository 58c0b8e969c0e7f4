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
  payoutsPayouts,
  type RequestPayout,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit, CurrencyRates } from '@open-cpo/persistence';
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
    const { id, method, amountUsd } = await this.requesting.request(payoutMethod, ownerOf(caller), errors);
    const after = { method, amount_usd: amountUsd };
    await this.audit.write({ action: 'payouts.create', subject: 'payout', id, after }, caller);
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
