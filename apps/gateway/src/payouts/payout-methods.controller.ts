import { Controller } from '@nestjs/common';
import {
  type AddPayoutMethod,
  type Caller,
  type PayoutMethodName,
  payoutsMethods as methods,
  type UpdatePayoutMethod,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, RequestContext, Route } from '../http/route';
import { UploadForms } from './upload-forms';

const files = { fills: ['document'], refusals: [404, 413] } as const;

@Controller('api/payout-methods')
export class PayoutMethodsController {
  constructor(
    private readonly bus: Bus,
    private readonly forms: UploadForms,
  ) {}

  @Route('GET', '', {
    title: "Get user's payout methods",
    description: 'Lists the payout methods that the account has added, with the state of their verification.',
    calls: methods.mine,
    noStore: true,
    can: 'payout-methods.view',
  })
  mine(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(methods.mine, input, caller);
  }

  @Route('GET', 'available', {
    title: 'Get available payout methods',
    description:
      "Lists the payout methods that can be added in the account's country, with the fields that each needs.",
    calls: methods.available,
    noStore: true,
    can: 'payout-methods.view',
    refusals: [422],
  })
  available(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(methods.available, input, caller);
  }

  @Route('POST', 'add/:payoutMethod_name', {
    title: 'Add a payout method',
    description: 'Adds a payout method with its details. It can be used after it is verified.',
    calls: methods.add,
    can: 'payout-methods.create',
    ...files,
  })
  async add(@Input() given: AddPayoutMethod, @From() by: Caller, @RequestContext() context: RequestContext) {
    const { input, caller } = await this.forms.take(given, by, context);
    return this.bus.bytes(methods.add, input, caller);
  }

  /** A POST that changes (reference L1830). */
  @Route('POST', 'update/:payoutMethod_name', {
    title: 'Update an existing payout method',
    description:
      'Changes the details of a payout method. Owners get an e-mail from which payouts to it can be stopped.',
    calls: methods.update,
    can: 'payout-methods.update',
    ...files,
  })
  async update(@Input() given: UpdatePayoutMethod, @From() by: Caller, @RequestContext() context: RequestContext) {
    const { input, caller } = await this.forms.take(given, by, context);
    return this.bus.bytes(methods.update, input, caller);
  }

  @Route('DELETE', 'delete/:payoutMethod_name', {
    title: 'Remove a payout method',
    description: 'Removes a payout method of the account, with all details that were entered.',
    calls: methods.remove,
    can: 'payout-methods.delete',
    refusals: [404, 409],
  })
  remove(@Input() input: PayoutMethodName, @From() caller: Caller) {
    return this.bus.bytes(methods.remove, input, caller);
  }
}
