import { Controller } from '@nestjs/common';
import {
  accounts,
  type Caller,
  type FreshToken,
  type HandlersOf,
  type Login,
  type LoginAnswer,
  type Logout,
  type Nothing,
  ownerOf,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Passwords } from '../passwords/passwords';
import { SecurityLog } from '../security/security-log';
import { Revocations } from '../sessions/revocations';
import { TokenRefresh } from '../sessions/token-refresh';
import { Attempts } from '../throttle/attempts';
import { Devices } from '../users/devices.repository';
import { KnownDevices } from '../users/known-devices.repository';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import { type RegistrationRow, Registrations } from '../verifications/registrations.repository';
import { Verifications } from '../verifications/verifications';
import { CodeLetters } from './code-letters';
import { Entries } from './entries';

type Handled = Pick<HandlersOf<typeof accounts>, 'login' | 'logout' | 'refresh'>;

/** Coming and going. */
@Controller()
export class LoginHandler implements Handled {
  constructor(
    private readonly users: Users,
    private readonly devices: Devices,
    private readonly knownDevices: KnownDevices,
    private readonly registrations: Registrations,
    private readonly verifications: Verifications,
    private readonly letters: CodeLetters,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly tokens: TokenRefresh,
    private readonly revocations: Revocations,
    private readonly entries: Entries,
    private readonly security: SecurityLog,
  ) {}

  /**
   * Known or unknown, the same is asked of the tables and as many hashes are computed: one, and a second one for a password
   * that somebody has registered the address with. Such a registration is answered by a verification whether or not the
   * address has an account; only its mails differ.
   */
  @Handles(accounts.login)
  async login(input: Login, caller: Caller): Promise<LoginAnswer> {
    const { email, password } = input;
    const known = await this.knownDevices.knowsNetwork(email, caller);
    const held = await this.attempts.spend('password', email, caller, known);
    const user = await this.users.byEmail(email);
    const registration = await this.registrations.withPassword(email, password);
    const { isUsers, isRegistered } = await this.whosePassword(password, user, registration);
    if (!isUsers && !isRegistered) this.security.record('login_failed', caller, 'password', user);
    // On a network that the owner has used, the right password is let in whatever others guessed.
    if (held && !(known && isUsers)) throw new Refusal('too_many_requests', held);
    if (user && isUsers) {
      await this.attempts.clear('password', email, caller, known);
      return this.enter(user, input, caller);
    }
    if (!registration || !isRegistered) throw new Refusal('credentials_rejected');
    // It gives no guess back: anybody can register the address, and would guess at its user's password without end.
    return { verification: await this.prove(registration, user, caller) };
  }

  @Handles(accounts.logout)
  async logout({ device_imei }: Logout, caller: Caller): Promise<void> {
    const { userId, sessionId } = ownerOf(caller);
    if (sessionId) await this.revocations.endToken(sessionId, userId);
    if (device_imei) await this.devices.forget(userId, device_imei);
    this.security.record('logout', caller);
  }

  @Handles(accounts.refresh)
  refresh(_: Nothing, caller: Caller): Promise<FreshToken> {
    return this.tokens.renew(caller);
  }

  /** A registration is asked only where the password is not the user's. */
  private async whosePassword(password: string, user: UserRow | undefined, registration: RegistrationRow | undefined) {
    const isUsers = await this.passwords.matches(user?.passwordHash, password);
    const isRegistered =
      registration !== undefined && !isUsers && (await this.passwords.matches(registration.passwordHash, password));
    return { isUsers, isRegistered };
  }

  /** The password is right. A second factor is asked for, where the user has one. */
  private async enter(user: UserRow, { password, device_imei: imei, device_token: token }: Login, caller: Caller) {
    if (user.locked) {
      this.security.record('login_refused', caller, 'account locked', user);
      throw new Refusal('account_locked');
    }
    if (this.passwords.isOutdated(user.passwordHash ?? '')) await this.renewHash(user, password);
    const device = imei ? { imei, token: token ?? null } : undefined;
    return this.entries.enter(user, { method: 'password', device }, caller);
  }

  /** Two logins that share the row and then both want it for themselves would wait for each other: it is locked first. */
  private async renewHash({ id, credentialVersion }: UserRow, password: string): Promise<void> {
    await this.users.lock(id);
    if (!(await this.users.holdCredentials(id, credentialVersion))) throw new Refusal('credentials_rejected');
    await this.users.change(id, { passwordHash: await this.passwords.hash(password) });
  }

  /** Of an address that has an account nothing can come of it, and no mail is sent; it costs the same. */
  private async prove({ id, email, firstName }: RegistrationRow, user: UserRow | undefined, caller: Caller) {
    const registrationId = user ? null : id;
    const begun = await this.verifications.begin({ purpose: 'email', email, registrationId }, caller);
    await this.letters.code(begun, firstName, caller.language);
    return begun.shown;
  }
}
