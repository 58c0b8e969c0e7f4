import { Controller } from '@nestjs/common';
import { type Caller, type ChangeSecondFactors, type ConfirmTotp, secondFactors } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/user/factors')
export class SecondFactorsController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'List own second factors',
    calls: secondFactors.all,
    noStore: true,
    can: 'token',
    withoutSecondFactor: true,
  })
  all(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(secondFactors.all, input, caller);
  }

  @Route('POST', 'totp', {
    title: 'Set up an authenticator app',
    calls: secondFactors.startTotp,
    can: 'token',
    withoutSecondFactor: true,
    noStore: true,
    limited: 'code',
    refusals: ['conflict'],
  })
  startTotp(@Input() input: ChangeSecondFactors, @From() caller: Caller) {
    return this.bus.bytes(secondFactors.startTotp, input, caller);
  }

  @Route('POST', 'totp/confirm', {
    title: 'Confirm an authenticator app',
    calls: secondFactors.confirmTotp,
    can: 'token',
    withoutSecondFactor: true,
    noStore: true,
    limited: 'code',
    refusals: ['conflict'],
  })
  confirmTotp(@Input() input: ConfirmTotp, @From() caller: Caller) {
    return this.bus.bytes(secondFactors.confirmTotp, input, caller);
  }

  @Route('POST', 'totp/remove', {
    title: 'Remove an authenticator app',
    calls: secondFactors.removeTotp,
    can: 'token',
    withoutSecondFactor: true,
    limited: 'code',
    refusals: [404],
  })
  removeTotp(@Input() input: ChangeSecondFactors, @From() caller: Caller) {
    return this.bus.bytes(secondFactors.removeTotp, input, caller);
  }

  @Route('POST', 'recovery-codes', {
    title: 'Replace own recovery codes',
    calls: secondFactors.renewRecoveryCodes,
    can: 'token',
    withoutSecondFactor: true,
    noStore: true,
    limited: 'code',
    refusals: ['conflict'],
  })
  renewRecoveryCodes(@Input() input: ChangeSecondFactors, @From() caller: Caller) {
    return this.bus.bytes(secondFactors.renewRecoveryCodes, input, caller);
  }
}
