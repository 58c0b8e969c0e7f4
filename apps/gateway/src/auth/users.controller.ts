import { Controller } from '@nestjs/common';
import { type Caller, type ChangePassword, type UpdateUser, users } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/user')
export class UsersController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'User data',
    description: "Answers the caller's own user, its account and settings.",
    calls: users.me,
    can: 'token',
    withoutSecondFactor: true,
  })
  me(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(users.me, input, caller);
  }

  /** Country and currency need `account.update`, which the service checks: the rest is everybody's own. */
  @Route('PUT', '', {
    title: 'Update own data',
    description:
      "Changes the caller's own name, contact data, country and currency. Fields that are not sent stay as they are.",
    calls: users.update,
    can: 'token',
    refusals: [403],
  })
  update(@Input() input: UpdateUser, @From() caller: Caller) {
    return this.bus.bytes(users.update, input, caller);
  }

  @Route('POST', 'password', {
    title: 'Change own password',
    description: 'Sets a new password; the current one is required.',
    calls: users.changePassword,
    can: 'token',
    withoutSecondFactor: true,
    limited: 'login',
  })
  changePassword(@Input() input: ChangePassword, @From() caller: Caller) {
    return this.bus.bytes(users.changePassword, input, caller);
  }

  @Route('GET', 'permissions', {
    title: 'User permissions',
    description: 'Lists the permissions that the caller has in the account, by name.',
    calls: users.permissions,
    can: 'token',
    withoutSecondFactor: true,
    cached: [],
  })
  permissions(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(users.permissions, input, caller);
  }

  @Route('GET', 'roles', {
    title: 'User roles',
    description: 'Lists the roles that the caller has in the account.',
    calls: users.roles,
    can: 'token',
    withoutSecondFactor: true,
    cached: [],
  })
  roles(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(users.roles, input, caller);
  }

  /** A GET that writes (reference L531): repeating it changes nothing. */
  @Route('GET', 'subscribe', {
    title: 'Subscribe',
    description: 'Begins the subscription of the account. It changes something although it is a GET, as published.',
    calls: users.subscribe,
    can: 'account.update',
    changes: true,
  })
  subscribe(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(users.subscribe, input, caller);
  }

  /** A GET that writes (reference L571): repeating it changes nothing. */
  @Route('GET', 'unsubscribe', {
    title: 'Unsubscribe',
    description: 'Ends the subscription of the account. It changes something although it is a GET, as published.',
    calls: users.unsubscribe,
    can: 'account.update',
    changes: true,
  })
  unsubscribe(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(users.unsubscribe, input, caller);
  }
}
