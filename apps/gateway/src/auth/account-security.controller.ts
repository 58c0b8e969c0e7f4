import { Controller } from '@nestjs/common';
import { accountSecurity, type Caller, type SetAccountSecurity } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/account/security')
export class AccountSecurityController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'Get the security of the account',
    description: 'Answers whether members of the account need a second factor, and how many have none.',
    calls: accountSecurity.shown,
    can: 'account.update',
  })
  shown(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(accountSecurity.shown, input, caller);
  }

  @Route('PUT', '', {
    title: 'Change the security of the account',
    description:
      'Sets whether members of the account need a second factor. Members without one can then do little more than set one up.',
    calls: accountSecurity.set,
    can: 'account.update',
    limited: 'code',
  })
  set(@Input() input: SetAccountSecurity, @From() caller: Caller) {
    return this.bus.bytes(accountSecurity.set, input, caller);
  }
}
