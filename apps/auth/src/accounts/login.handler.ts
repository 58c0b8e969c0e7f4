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
import { Revocations } from '../sessions/revocations';
import { Tokens } from '../sessions/tokens';
import { Attempts } from '../throttle/attempts';
import { Devices } from '../users/devices.repository';
import type { UserRow } from '../users/user.row';
import { authUser } from '../users/user.views';
import { Users } from '../users/users.repository';
import { type RegistrationRow, Registrations } from '../verifications/registrations.repository';
import { Verifications } from '../verifications/verifications';
import { CodeLetters } from './code-letters';

type Handled = Pick<HandlersOf<typeof accounts>, 'login' | 'logout' | 'refresh'>;

/** Coming and going. */
@Controller()
export class LoginHandler implements Handled {
  constructor(
    private readonly users: Users,
    private readonly devices: Devices,
    private readonly registrations: Registrations,
    private readonly verifications: Verifications,
    private readonly letters: CodeLetters,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly tokens: Tokens,
    private readonly revocations: Revocations,
  ) {}

  /** Known or unknown, the same is asked of the tables and one hash is computed. */
  @Handles(accounts.login)
  async login(input: Login, caller: Caller): Promise<LoginAnswer> {
    const { email, password } = input;
    await this.attempts.spend('password', email, caller);
    const user = await this.users.byEmail(email);
    const registration = await this.registrations.latest(email);
    const stored = user?.passwordHash ?? registration?.passwordHash;
    if (!(await this.passwords.matches(stored, password))) throw new Refusal('credentials_rejected');
    await this.attempts.clear('password', email, caller);
    if (user?.passwordHash) return { user: await this.enter(user, input) };
    return { verification: await this.prove(registration as RegistrationRow, caller) };
  }

  @Handles(accounts.logout)
  async logout({ device_imei }: Logout, caller: Caller): Promise<void> {
    const { userId, sessionId } = ownerOf(caller);
    if (sessionId) await this.revocations.endToken(sessionId, userId);
    if (device_imei) await this.devices.forget(userId, device_imei);
  }

  @Handles(accounts.refresh)
  async refresh(_: Nothing, caller: Caller): Promise<FreshToken> {
    const { userId, sessionId } = ownerOf(caller);
    const ended = sessionId !== undefined && (await this.revocations.endToken(sessionId, userId));
    const user = ended ? await this.users.byId(userId) : undefined;
    if (!user || user.locked) throw new Refusal('unauthenticated');
    const { access_token, expires_in } = await this.tokens.issue(userId);
    return { access_token, expires_in };
  }

  private async enter(user: UserRow, { password, device_imei: imei, device_token: token }: Login) {
    if (user.locked) throw new Refusal('account_locked');
    const outdated = this.passwords.isOutdated(user.passwordHash ?? '');
    // Two logins that share the row and then both want it for themselves would wait for each other.
    if (outdated) await this.users.lock(user.id);
    if (!(await this.users.holdsPassword(user.id, user.passwordHash))) throw new Refusal('credentials_rejected');
    if (outdated) await this.users.change(user.id, { passwordHash: await this.passwords.hash(password) });
    if (imei) await this.devices.keep(user.id, imei, token ?? null);
    const { access_token } = await this.tokens.issue(user.id);
    return authUser(user, access_token);
  }

  private async prove({ id, email, firstName }: RegistrationRow, { language }: Caller) {
    const begun = await this.verifications.begin({ purpose: 'email', email, registrationId: id });
    await this.letters.code(begun, firstName, language);
    return begun.shown;
  }
}
