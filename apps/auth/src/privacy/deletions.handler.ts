import { Controller } from '@nestjs/common';
import {
  type Caller,
  type DeletionToken,
  deletions,
  type FieldErrors,
  type HandlersOf,
  isoMoment,
  type Nothing,
  ownerOf,
  Refusal,
  type RequestDeletion,
  type UserDeletion,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { milliseconds } from '@open-cpo/platform';
import { hashOf, newSecret } from '../api-keys/api-key.secret';
import { AuthConfig } from '../config';
import { OutgoingEmails } from '../emails/outgoing-emails';
import { Reauthentication } from '../second-factors/reauthentication';
import { SecurityLog } from '../security/security-log';
import type { UserRow } from '../users/user.row';
import { AccountClosing, OPEN_MONEY } from './account-closing';
import { type DeletionRow, Deletions } from './deletions.repository';

const MINUTE_MS = 60_000;
/** Minutes for which the letter is sent where a deletion waits for nothing. */
const LEAST_LIFETIME = 60;

/** Users who want to go. Nothing is erased here: see `DeletionSweep`. */
@Controller()
export class DeletionsHandler implements HandlersOf<typeof deletions> {
  constructor(
    private readonly deletions: Deletions,
    private readonly reauthentication: Reauthentication,
    private readonly closing: AccountClosing,
    private readonly emails: OutgoingEmails,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
    private readonly config: AuthConfig,
  ) {}

  @Handles(deletions.one)
  async one(_: Nothing, caller: Caller): Promise<UserDeletion> {
    const identity = ownerOf(caller);
    return this.view(await this.waiting(identity.userId), identity);
  }

  @Handles(deletions.request, { finishesValidation: true })
  async request(input: RequestDeletion, caller: Caller, errors: FieldErrors): Promise<UserDeletion> {
    const { password: current_password, second_factor_code } = input;
    const proof = { current_password, second_factor_code };
    const { user } = await this.reauthentication.prove(proof, caller, errors, 'password');
    const closes = await this.closing.endsWith(user);
    if (closes && (await this.closing.hasOpenMoney(user.accountId, caller))) {
      throw new Refusal('conflict', { message: OPEN_MONEY });
    }
    await this.begin(user, closes, caller);
    return this.view(await this.waiting(user.id), user);
  }

  @Handles(deletions.stop)
  async stop(_: Nothing, caller: Caller): Promise<void> {
    const { userId, accountId } = ownerOf(caller);
    await this.end(userId, accountId, caller);
  }

  @Handles(deletions.shown)
  async shown({ token }: DeletionToken): Promise<UserDeletion> {
    const row = await this.byToken(token);
    return this.view(row, row);
  }

  @Handles(deletions.stopByToken)
  async stopByToken({ token }: DeletionToken, caller: Caller): Promise<void> {
    const { userId, accountId } = await this.byToken(token);
    await this.end(userId, accountId, caller);
  }

  /** Asked for again, it is the same deletion with the same link. */
  private async begin(user: UserRow, closes: boolean, caller: Caller): Promise<void> {
    const { id, email, firstName: name, language } = user;
    const delay = milliseconds(this.config.userDeletionDelay);
    const token = newSecret();
    if (!(await this.deletions.add(id, delay, hashOf(token)))) return this.audit.unchanged();
    const at = new Date(Date.now() + delay).toISOString().slice(0, 16).replace('T', ' ');
    const link = `${this.config.publicUrl}/deletion-stops/${token}`;
    const params = { name, at, link, ...(closes ? { closes: '1' } : {}) };
    const lifetime = Math.max(LEAST_LIFETIME, Math.ceil(delay / MINUTE_MS));
    await this.emails.send({ to: email, template: 'deletion-requested', params, language, lifetime });
    await this.audit.write({ subject: 'user', id }, caller);
    this.security.record('sensitive_change', caller, 'deletion-requested', user);
  }

  private async end(userId: number, accountId: number, caller: Caller): Promise<void> {
    if (!(await this.deletions.remove(userId))) throw new Refusal('not_found');
    const of = { id: userId, accountId };
    await this.audit.write({ subject: 'user', id: userId, of }, caller);
    this.security.record('sensitive_change', caller, 'deletion-stopped', of);
  }

  private async waiting(userId: number): Promise<DeletionRow> {
    const row = await this.deletions.ofUser(userId);
    if (!row) throw new Refusal('not_found');
    return row;
  }

  private async byToken(token: string) {
    const row = await this.deletions.byToken(hashOf(token));
    if (!row) throw new Refusal('not_found');
    return row;
  }

  private async view(
    { requestedAt, dueAt, blockedBy }: DeletionRow,
    user: { readonly accountId: number; readonly role: string },
  ): Promise<UserDeletion> {
    const closes_account = await this.closing.endsWith(user);
    return { requested_at: isoMoment(requestedAt), due_at: isoMoment(dueAt), closes_account, blocked_by: blockedBy };
  }
}
