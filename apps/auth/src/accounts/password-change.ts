import { Injectable } from '@nestjs/common';
import type { Caller } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { Passwords } from '../passwords/passwords';
import { Revocations } from '../sessions/revocations';
import { SecurityLog } from '../security/security-log';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import { CodeLetters } from './code-letters';

/** A new password: all other tokens of the user end, and the user gets an e-mail. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly revocations: Revocations,
    private readonly letters: CodeLetters,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
  ) {}

  /** `except`: the token that goes on. Answers the user with the new credentials. */
  async set(user: UserRow, password: string, caller: Caller, except?: string): Promise<UserRow> {
    const passwordHash = await this.passwords.hash(password);
    await this.users.change(user.id, { passwordHash });
    const credentialVersion = await this.revocations.endUser(user.id, except);
    await this.letters.passwordChanged(user);
    await this.audit.write({ subject: 'user', id: user.id, of: user }, caller);
    this.security.record('credentials_changed', caller, 'password', user);
    return { ...user, passwordHash, credentialVersion };
  }
}
