import { Controller } from '@nestjs/common';
import {
  type Caller,
  type CorrectCash,
  type FieldErrors,
  type HandlersOf,
  Refusal,
  type Retained,
  type Till,
  type TillQuery,
  type WorkerCash,
  workforceOperators,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit, CurrencyRates } from '@open-cpo/persistence';
import { WorkerRetention } from '../workers/worker-retention';
import { CashLedger } from './cash.ledger';

/** Operations of the platform's staff on cash; the broker's permissions refuse others. */
@Controller()
export class OperatorsHandler implements HandlersOf<typeof workforceOperators> {
  constructor(
    private readonly ledger: CashLedger,
    private readonly rates: CurrencyRates,
    private readonly audit: Audit,
    private readonly retention: WorkerRetention,
  ) {}

  @Handles(workforceOperators.correct, { finishesValidation: true })
  async correct(input: CorrectCash, caller: Caller, errors: FieldErrors): Promise<WorkerCash> {
    const { workerId, amount, reason, by } = input;
    const accountId = await this.ledger.accountOf(workerId);
    if (accountId === undefined) throw new Refusal('not_found');
    const currency = await this.currencyOf(input, errors);
    errors.throwIfAny();
    const movement = { accountId, workerId, kind: 'corrected', amount, currency, reason, operator: by } as const;
    const cash_on_hands = (await this.ledger.post(movement)) ?? '0';
    const after = { amount, currency, reason, by, cash_on_hands };
    const entry = { subject: 'worker', id: workerId, of: { accountId }, after };
    await this.audit.write(entry, caller);
    return { worker_id: workerId, currency, cash_on_hands };
  }

  @Handles(workforceOperators.till)
  till({ accountId }: TillQuery): Promise<Till[]> {
    return this.ledger.till(accountId);
  }

  @Handles(workforceOperators.enforceRetention)
  async enforceRetention(): Promise<Retained> {
    return { removed: await this.retention.run() };
  }

  /** Told, or the only one there is; which of several is meant is not guessed. */
  private async currencyOf({ workerId, currency }: CorrectCash, errors: FieldErrors): Promise<string> {
    if (errors.has('currency')) return '';
    const known = currency ? [currency] : await this.ledger.currenciesOf(workerId);
    const [one] = known;
    if (!one || known.length > 1) errors.add('currency', 'The currency field is required.');
    else if (currency && !this.rates.has(one)) errors.add('currency', 'The selected currency is invalid.');
    return one ?? '';
  }
}
