import { Controller } from '@nestjs/common';
import { type Balance, type Caller, type HandlersOf, type Nothing, ownerOf, payoutsBalance } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { CurrencyRates } from '@open-cpo/persistence';
import { Ledger } from '../ledger/ledger';
import { balanceView } from './balance.views';

/** What the platform owes an account. */
@Controller()
export class BalanceHandler implements HandlersOf<typeof payoutsBalance> {
  constructor(
    private readonly ledger: Ledger,
    private readonly rates: CurrencyRates,
  ) {}

  @Handles(payoutsBalance.one)
  async one(_: Nothing, caller: Caller): Promise<Balance> {
    const { accountId, currency } = ownerOf(caller);
    const rate = this.rates.has(currency) ? this.rates.rateOf(currency) : '1';
    return balanceView(await this.ledger.balance(accountId), currency, rate);
  }
}
