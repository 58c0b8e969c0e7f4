import { Injectable } from '@nestjs/common';
import { type Caller, Refusal } from '@open-cpo/contracts';
import { Attempts } from '../throttle/attempts';
import { KnownDevices } from '../users/known-devices.repository';
import type { UserRow } from '../users/user.row';
import { Passwords } from './passwords';

/** Asks the logged-in user for the password again; counted like a login, so that guesses are limited here, too. */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly knownDevices: KnownDevices,
  ) {}

  /** @throws Refusal `too_many_requests` */
  async isRight({ email, passwordHash }: UserRow, password: string, caller: Caller): Promise<boolean> {
    const known = await this.knownDevices.knowsNetwork(email, caller);
    const held = await this.attempts.spend('password', email, caller, known);
    const right = await this.passwords.matches(passwordHash, password);
    if (held && !(known && right)) throw new Refusal('too_many_requests', held);
    if (right) await this.attempts.clear('password', email, caller, known);
    return right;
  }
}
