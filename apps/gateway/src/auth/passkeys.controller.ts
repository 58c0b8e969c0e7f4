import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeSecondFactors,
  type PasskeyLogin,
  passkeys,
  type RegisterPasskey,
  type RemovePasskey,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';
import { withLife } from './tokens-handed-out';

/** Logins by a passkey. */
@Controller('api/v3/auth/passkeys')
export class PasskeyLoginController {
  constructor(private readonly bus: Bus) {}

  /** A POST, because each answer is another one. */
  @Route('POST', 'options', {
    title: 'Begin a login by passkey',
    calls: passkeys.loginOptions,
    can: 'public',
    limited: 'login',
    refusals: [404],
  })
  options(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(passkeys.loginOptions, input, caller);
  }

  @Route('POST', 'login', {
    title: 'Login by passkey',
    calls: passkeys.login,
    withExpiry: true,
    noStore: true,
    can: 'public',
    limited: 'login',
    refusals: [404, 'credentials_rejected', 'account_locked'],
  })
  async login(@Input() input: PasskeyLogin, @From() caller: Caller) {
    return withLife(await this.bus.bytes(passkeys.login, input, caller));
  }
}

/** Passkeys of the caller. */
@Controller('api/user/factors/passkeys')
export class PasskeysController {
  constructor(private readonly bus: Bus) {}

  @Route('POST', 'options', {
    title: 'Begin to register a passkey',
    calls: passkeys.registerOptions,
    can: 'token',
    withoutSecondFactor: true,
    limited: 'code',
    refusals: [404, 'conflict'],
  })
  options(@Input() input: ChangeSecondFactors, @From() caller: Caller) {
    return this.bus.bytes(passkeys.registerOptions, input, caller);
  }

  @Route('POST', '', {
    title: 'Register a passkey',
    calls: passkeys.register,
    can: 'token',
    withoutSecondFactor: true,
    noStore: true,
    limited: 'code',
    refusals: [404, 'conflict'],
  })
  register(@Input() input: RegisterPasskey, @From() caller: Caller) {
    return this.bus.bytes(passkeys.register, input, caller);
  }

  @Route('POST', ':id/remove', {
    title: 'Remove a passkey',
    calls: passkeys.remove,
    can: 'token',
    withoutSecondFactor: true,
    limited: 'code',
    refusals: [404],
  })
  remove(@Input() input: RemovePasskey, @From() caller: Caller) {
    return this.bus.bytes(passkeys.remove, input, caller);
  }
}
