import { Controller } from '@nestjs/common';
import { type Caller, payoutsBalance, payoutsMethods } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

/** What belongs to the caller's own data (reference L331, L371) and is known to payouts. */
@Controller('api/user')
export class OwnMoneyController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', 'balance', {
    title: 'Balance',
    description: "Answers the account's balance that is available for payouts, in the caller's currency.",
    calls: payoutsBalance.one,
    can: 'balance.view',
  })
  balance(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(payoutsBalance.one, input, caller);
  }

  /** The same as GET /api/payout-methods. */
  @Route('GET', 'payout-methods', {
    title: 'Payout methods',
    description: 'Lists the payout methods that the account has added.',
    calls: payoutsMethods.mine,
    noStore: true,
    can: 'payout-methods.view',
  })
  payoutMethods(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(payoutsMethods.mine, input, caller);
  }
}
