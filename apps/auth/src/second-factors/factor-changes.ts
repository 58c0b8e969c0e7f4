import { Injectable } from '@nestjs/common';
import { type Caller, type NoticeKind, ownerOf } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { Notices } from '../notices/notices';
import { SecurityLog } from '../security/security-log';
import { Revocations } from '../sessions/revocations';
import { UserChanges } from '../users/user-changes';
import type { UserRow } from '../users/user.row';
import { addressee } from './second-factor-check';

export interface FactorChange {
  readonly kind: Extract<NoticeKind, 'second-factor-added' | 'second-factor-removed' | 'recovery-codes-renewed'>;
  readonly factor: 'totp' | 'passkey' | 'recovery codes';
  /** Name of a passkey. */
  readonly name?: string;
}

/** What every change of second factors leaves behind. */
@Injectable()
export class FactorChanges {
  constructor(
    private readonly revocations: Revocations,
    private readonly users: UserChanges,
    private readonly notices: Notices,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
  ) {}

  /** The caller's other sessions end, and logins that wait for a second factor. Part of the transaction of the change. */
  async tell({ kind, factor, name }: FactorChange, user: UserRow, caller: Caller): Promise<void> {
    await this.revocations.endUser(user.id, ownerOf(caller).sessionId);
    await this.users.tellUser(user.id);
    const what = { factor, ...(name ? { name } : {}) };
    const change = kind === 'second-factor-removed' ? { before: what } : { after: what };
    await this.audit.write({ subject: 'user', id: user.id, ...change }, caller);
    const details = { factor, ...(name ? { detail: name } : {}) };
    await this.notices.tellOwn(kind, details, caller, [addressee(user)]);
    this.security.record('credentials_changed', caller, `${factor}: ${kind}`, user);
  }
}
