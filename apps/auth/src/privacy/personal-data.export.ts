import { Injectable } from '@nestjs/common';
import { payoutsMethods } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { type ExportSource, type ExportViewer, type SourceColumn, Transactions } from '@open-cpo/persistence';
import { PERSONAL_DATA } from './personal-data.queries';

/** A piece of what is held of a user. */
export interface PersonalData {
  readonly section: string;
  /** JSON. */
  readonly data: string;
}

/** The same in every language, as programs read them. */
const COLUMNS: readonly SourceColumn<PersonalData>[] = [
  { title: { en: 'section', ar: 'section' }, type: 'text', width: 20, of: ({ section }) => section },
  { title: { en: 'data', ar: 'data' }, type: 'json', width: 80, of: ({ data }) => data },
];

const ESTIMATE = 30;
const OWNER = `
  select 1 from users where id = $1 and account_id = $2 and role = 'owner' and status = 'active'`;

/** What the platform holds of a user, for that user. */
@Injectable()
export class PersonalDataExport implements ExportSource<PersonalData> {
  readonly title = { en: 'Personal data', ar: 'البيانات الشخصية' };
  readonly columns = COLUMNS;
  readonly personal = true;

  constructor(
    private readonly transactions: Transactions,
    private readonly bus: Bus,
  ) {}

  estimate(): Promise<number> {
    return Promise.resolve(ESTIMATE);
  }

  statement({ userId }: ExportViewer) {
    return { text: PERSONAL_DATA, params: [userId] };
  }

  /** Of payouts: how the owner of an account is paid, masked as the API shows it. */
  async beyond({ userId, accountId, currency, timeZone }: ExportViewer): Promise<PersonalData[]> {
    if (!(await this.transactions.first(OWNER, [userId, accountId], 'personal-data.owner'))) return [];
    const identity = { userId, accountId, ownerId: userId, role: 'owner', currency, timeZone } as const;
    const methods = await this.bus.call(payoutsMethods.mine, {}, internalCaller({ identity }));
    return methods.map((method) => ({ section: 'payout method', data: JSON.stringify(method) }));
  }
}
