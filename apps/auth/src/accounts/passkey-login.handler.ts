import { Controller } from '@nestjs/common';
import { type AuthUser, type Caller, type HandlersOf, type PasskeyLogin, passkeys, Refusal } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { PasskeyCeremonies } from '../second-factors/passkeys/ceremonies';
import { PasskeyChallenges } from '../second-factors/passkeys/challenges';
import { PasskeyTable } from '../second-factors/passkeys/passkeys.repository';
import { SecurityLog } from '../security/security-log';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import { Entries } from './entries';

/** Lets somebody in by a passkey, which is both factors: the authenticator, and the gesture or PIN that it asks for. */
@Controller()
export class PasskeyLoginHandler implements Pick<HandlersOf<typeof passkeys>, 'login'> {
  constructor(
    private readonly users: Users,
    private readonly table: PasskeyTable,
    private readonly ceremonies: PasskeyCeremonies,
    private readonly challenges: PasskeyChallenges,
    private readonly entries: Entries,
    private readonly security: SecurityLog,
  ) {}

  @Handles(passkeys.login)
  async login(input: PasskeyLogin, caller: Caller): Promise<AuthUser> {
    const user = await this.proven(input, caller);
    if (!user) throw new Refusal('credentials_rejected');
    const { device_imei: imei, device_token: token } = input;
    const device = imei ? { imei, token: token ?? null } : undefined;
    return this.entries.enterProven(user, { method: 'passkey', device }, caller);
  }

  private async proven({ credential }: PasskeyLogin, caller: Caller): Promise<UserRow | undefined> {
    const key = await this.table.lock(credential.id);
    const user = key && (await this.users.byId(key.userId));
    const asserted = key && user && (await this.ceremonies.asserted(credential, key));
    if (!asserted || !(await this.challenges.use(asserted.challenge))) {
      this.security.record('login_failed', caller, 'passkey', user);
      return undefined;
    }
    await this.table.used(key.id, asserted.counter, asserted.backedUp);
    return user;
  }
}
