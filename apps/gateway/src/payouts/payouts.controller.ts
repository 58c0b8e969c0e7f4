import { Controller } from '@nestjs/common';
import { type Caller, type ListPayouts, payoutsPayouts as payouts, type RequestPayout } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';
import { Lists } from '../http/rows';

@Controller('api/payouts')
export class PayoutsController {
  constructor(
    private readonly bus: Bus,
    private readonly lists: Lists,
  ) {}

  @Route('GET', '', {
    title: 'Get the list of the payouts.',
    description: 'One page of the payouts of the account, newest first, with the total number of matches.',
    calls: payouts.table,
    noStore: true,
    can: 'payouts.view',
  })
  table(@Input() input: ListPayouts, @From() caller: Caller) {
    return this.lists.page(payouts.table, payouts.all, input, caller);
  }

  /** By the method's id, whereas methods are managed by name (reference L1998). */
  @Route('POST', 'request-payout', {
    title: 'Request a payout.',
    description:
      "Requests a payout of the whole available balance to one of the account's payout methods, named by its id. One payout of an account can be pending.",
    calls: payouts.request,
    can: 'payouts.create',
  })
  request(@Input() input: RequestPayout, @From() caller: Caller) {
    return this.bus.bytes(payouts.request, input, caller);
  }
}
