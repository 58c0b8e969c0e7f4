import { Controller } from '@nestjs/common';
import { type Caller, type ChangeSecondFactors, type ConfirmTotp, secondFactors } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/user/factors')
export class SecondFactorsController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'List own second factors',
    description: "Lists the caller's authenticator app and passkeys, and how many recovery codes are left.",
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
    description:
      'Answers the secret of a new authenticator app (TOTP), once. It counts after it is confirmed with a code.',
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
    description:
      'Takes a code of the new authenticator app, after which logins need one. The answer has recovery codes, once.',
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
    description: "Removes the caller's authenticator app. The password and a code are required.",
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
    description:
      'Answers ten new recovery codes, once; earlier ones are no longer valid. The password and a code are required.',
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
