import { Controller } from '@nestjs/common';
import { type Caller, type ChangePassword, type UpdateUser, users } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/user')
export class UsersController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', { title: 'User data', calls: users.me, can: 'token', withoutSecondFactor: true })
  me(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(users.me, input, caller);
  }

  /** Country and currency need `account.update`, which the service checks: the rest is everybody's own. */
  @Route('PUT', '', { title: 'Update own data', calls: users.update, can: 'token', refusals: [403] })
  update(@Input() input: UpdateUser, @From() caller: Caller) {
    return this.bus.bytes(users.update, input, caller);
  }

  @Route('POST', 'password', {
    title: 'Change own password',
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
    calls: users.roles,
    can: 'token',
    withoutSecondFactor: true,
    cached: [],
  })
  roles(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(users.roles, input, caller);
  }

  /** A GET that writes (reference L531): repeating it changes nothing. */
  @Route('GET', 'subscribe', { title: 'Subscribe', calls: users.subscribe, can: 'account.update', changes: true })
  subscribe(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(users.subscribe, input, caller);
  }

  /** A GET that writes (reference L571): repeating it changes nothing. */
  @Route('GET', 'unsubscribe', { title: 'Unsubscribe', calls: users.unsubscribe, can: 'account.update', changes: true })
  unsubscribe(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(users.unsubscribe, input, caller);
  }
}
