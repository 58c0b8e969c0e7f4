import { Injectable } from '@nestjs/common';
import { type ExportSource, type ExportViewer, type SourceColumn, Transactions } from '@open-cpo/persistence';

interface ExportedFeedback {
  readonly id: number;
  readonly order_id: number;
  readonly title: string;
  readonly identifier: string;
  readonly user_id: number;
  readonly rating: string;
  readonly message: string;
  readonly written_here: string;
}

const ESTIMATE = 'select coalesce((select feedback from account_totals where account_id = $1), 0)::int as feedback';

/** Every feedback on the account's ($1) power centers, newest first, with moments in the owner's zone ($2). */
const EXPORTED = `
  with centers as materialized (
    select id, identifier, card->>'title' as title from charge_points where account_id = $1)
  select f.id, f.order_id, c.title, c.identifier, f.user_id, f.rating, f.message,
    to_char(f.created_at at time zone $2, 'YYYY-MM-DD HH24:MI:SS') as written_here
  from feedback f left join centers c on c.id = f.charge_point_id where f.account_id = $1 order by f.id desc`;

const COLUMNS: readonly SourceColumn<ExportedFeedback>[] = [
  { title: { en: 'Feedback', ar: 'رقم التقييم' }, type: 'integer', width: 12, of: ({ id }) => id },
  { title: { en: 'Order', ar: 'رقم الطلب' }, type: 'integer', width: 12, of: ({ order_id }) => order_id },
  { title: { en: 'Power center', ar: 'محطة الشحن' }, type: 'text', width: 32, of: ({ title }) => title },
  { title: { en: 'Identifier', ar: 'رمز المحطة' }, type: 'text', width: 22, of: ({ identifier }) => identifier },
  { title: { en: 'Driver', ar: 'السائق' }, type: 'integer', width: 12, of: ({ user_id }) => user_id },
  { title: { en: 'Rating', ar: 'التقييم' }, type: 'decimal', width: 10, of: ({ rating }) => rating },
  { title: { en: 'Message', ar: 'الرسالة' }, type: 'text', width: 60, of: ({ message }) => message },
  { title: { en: 'Written', ar: 'تاريخ الكتابة' }, type: 'moment', width: 20, of: ({ written_here }) => written_here },
];

/** What drivers think of an owner's power centers. */
@Injectable()
export class FeedbackExport implements ExportSource<ExportedFeedback> {
  readonly title = { en: 'Feedback', ar: 'التقييمات' };
  readonly columns = COLUMNS;

  constructor(private readonly transactions: Transactions) {}

  async estimate(accountId: number): Promise<number> {
    const found = await this.transactions.first<{ feedback: number }>(ESTIMATE, [accountId], 'exports.feedback');
    return found?.feedback ?? 0;
  }

  statement({ accountId, timeZone }: ExportViewer) {
    return { text: EXPORTED, params: [accountId, timeZone] };
  }
}
