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
    description: 'Answers the options that a browser needs to sign in with a passkey (WebAuthn).',
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
    description: 'Checks the signed response of a passkey and answers the user with an access token, as a login does.',
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
    description:
      'Answers the options that a browser needs to create a passkey (WebAuthn). The password is required, and a code where a second factor is set up.',
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
    description:
      'Checks the response of a new passkey and stores it. The first factor of a user answers recovery codes, once.',
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
    description:
      'Removes a passkey of the caller. The password and, where one is set up, a code of the second factor are required.',
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
