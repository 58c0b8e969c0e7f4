import { Injectable } from '@nestjs/common';
import { type Caller, type PersonalRow, Refusal, type UserCommand } from '@open-cpo/contracts';
import { Audit, type ExportViewer, TableSnapshots, Transactions } from '@open-cpo/persistence';
import { PersonalDataExport } from '../privacy/personal-data.export';

const VIEWER = `
  select u.id as "userId", u.account_id as "accountId", u.language, a.currency, 'UTC' as "timeZone"
  from users u join accounts a on a.id = u.account_id where u.id = $1 and u.erased_at is null`;

/** What the platform holds of a user, for an operator who was asked for it by the user. */
@Injectable()
export class UserExport {
  constructor(
    private readonly source: PersonalDataExport,
    private readonly transactions: Transactions,
    private readonly snapshots: TableSnapshots,
    private readonly audit: Audit,
  ) {}

  /** The rows of the user's own export. @throws Refusal `not_found` */
  async *rows({ userId, reason, by }: UserCommand, caller: Caller): AsyncGenerator<PersonalRow> {
    const viewer = await this.transactions.first<ExportViewer>(VIEWER, [userId]);
    if (!viewer) throw new Refusal('not_found');
    const of = { id: userId, accountId: viewer.accountId };
    const entry = { action: 'users.export', subject: 'user', id: userId, of, after: { reason, by } };
    await this.transactions.run(() => this.audit.write(entry, caller));
    const { text, params } = this.source.statement(viewer);
    yield* this.snapshots.rows<PersonalRow>(text, params, viewer.accountId);
    yield* await this.source.beyond(viewer);
  }
}
