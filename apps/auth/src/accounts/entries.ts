import { Injectable } from '@nestjs/common';
import { type AuthUser, type Caller, type LoginAnswer, type LoginMethod, Refusal } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { SecurityLog } from '../security/security-log';
import { Tokens } from '../sessions/tokens';
import { deviceOf } from '../users/device-family';
import { Devices } from '../users/devices.repository';
import { KnownDevices } from '../users/known-devices.repository';
import type { UserRow } from '../users/user.row';
import { authUser } from '../users/user.views';
import type { PendingLogin } from '../verifications/verification.entity';
import { CodeLetters } from './code-letters';
import { PendingLogins } from './pending-logins';

/** Proofs that are two factors already. */
const TWO_FACTORS: ReadonlySet<LoginMethod> = new Set(['second-factor', 'passkey']);

/** How somebody has proven who they are, and from which device. */
export type LoginProof = Pick<PendingLogin, 'withoutPassword' | 'device'> & { readonly method: LoginMethod };

/** Lets a user in whose identity is proven, by whatever method. The only place where sessions begin. */
@Injectable()
export class Entries {
  constructor(
    private readonly tokens: Tokens,
    private readonly devices: Devices,
    private readonly knownDevices: KnownDevices,
    private readonly pendingLogins: PendingLogins,
    private readonly letters: CodeLetters,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
  ) {}

  /**
   * The user with a token; or the verification that waits for the second factor, where the user has one and the proof is
   * a single factor.
   * @throws Refusal `account_locked`, or `credentials_rejected` when the credentials changed meanwhile
   */
  async enter(user: UserRow, proof: LoginProof, caller: Caller): Promise<LoginAnswer> {
    if (user.locked) throw new Refusal('account_locked');
    if (!TWO_FACTORS.has(proof.method)) {
      const { withoutPassword, device } = proof;
      const verification = await this.pendingLogins.begin(user, { withoutPassword, device }, caller);
      if (verification) return { verification };
    }
    return { user: await this.begin(user, proof, caller) };
  }

  /** The same, where no second factor can be waited for: two are proven, or the user has just come to be. */
  async enterProven(user: UserRow, proof: LoginProof, caller: Caller): Promise<AuthUser> {
    const { user: entered } = await this.enter(user, proof, caller);
    if (!entered) throw new Error('A second factor is waited for.');
    return entered;
  }

  /** `withoutPassword`: a code was the proof, and the password stays. The user gets a mail about that, and about a new device. */
  private async begin(
    user: UserRow,
    { method, withoutPassword, device }: LoginProof,
    caller: Caller,
  ): Promise<AuthUser> {
    const { access_token } = await this.tokens.begin(user, method, caller);
    if (device) await this.devices.keep(user.id, device.imei, device.token);
    const isNew = await this.knownDevices.remember(user.id, caller);
    this.security.record('login_succeeded', caller, method, user);
    if (isNew) this.security.record('new_device', caller, method, user);
    if (withoutPassword) await this.tell('entered-by-code', 'users.enter-by-code', user, caller);
    else if (isNew) await this.tell('new-device', 'users.enter-from-new-device', user, caller);
    return authUser(user, access_token);
  }

  private async tell(template: 'entered-by-code' | 'new-device', action: string, user: UserRow, caller: Caller) {
    const after = { device: deviceOf(caller), address: caller.ip ?? null };
    await this.letters.entry(template, user, after);
    await this.audit.write({ action, subject: 'user', id: user.id, of: user, after }, caller);
  }
}
