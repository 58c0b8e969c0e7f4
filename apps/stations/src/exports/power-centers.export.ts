import { Injectable } from '@nestjs/common';
import {
  CurrencyRates,
  earnedIn,
  type ExportSource,
  type ExportViewer,
  inWords,
  type SourceColumn,
  Transactions,
} from '@open-cpo/persistence';
import { statusOf } from '../charge-points/charge-point.rules';
import { priceIn } from '../charge-points/charge-point.views';
import { rateFor } from '../money/rates';
import { EXPORTED, LIVE } from './power-centers.queries';
import type { ExportedRow } from './power-centers.rows';
import { STATUS, UNIT } from './words';

/** The power centers of an owner, as their accountant wants them. */
@Injectable()
export class PowerCentersExport implements ExportSource<ExportedRow> {
  readonly title = { en: 'Power centers', ar: 'محطات الشحن' };

  constructor(
    private readonly transactions: Transactions,
    private readonly rates: CurrencyRates,
  ) {}

  async estimate(accountId: number): Promise<number> {
    return (await this.transactions.first<{ live: number }>(LIVE, [accountId], 'exports.power-centers'))?.live ?? 0;
  }

  statement({ accountId, timeZone }: ExportViewer) {
    return { text: EXPORTED, params: [accountId, timeZone] };
  }

  private readonly earnings = (row: ExportedRow, { currency }: ExportViewer): string =>
    earnedIn(row.total_earnings_usd, row.total_earned, currency, rateFor(this.rates, currency));

  readonly columns: readonly SourceColumn<ExportedRow>[] = [
    { title: { en: 'ID', ar: 'المعرف' }, type: 'integer', width: 10, of: ({ id }) => id },
    { title: { en: 'Title', ar: 'الاسم' }, type: 'text', width: 32, of: ({ title }) => title },
    { title: { en: 'Identifier', ar: 'رمز المحطة' }, type: 'text', width: 22, of: ({ identifier }) => identifier },
    { title: { en: 'Category', ar: 'الفئة' }, type: 'text', width: 16, of: ({ category }) => category },
    {
      title: { en: 'Status', ar: 'الحالة' },
      type: 'text',
      width: 14,
      of: (row, to) => inWords(STATUS, statusOf(row), to),
    },
    { title: { en: 'Listed', ar: 'معروضة' }, type: 'flag', width: 10, of: ({ listed }) => listed },
    { title: { en: 'Address', ar: 'العنوان' }, type: 'text', width: 40, of: ({ address }) => address },
    { title: { en: 'City', ar: 'المدينة' }, type: 'text', width: 18, of: ({ city }) => city },
    { title: { en: 'Latitude', ar: 'خط العرض' }, type: 'decimal', width: 13, of: ({ latitude }) => latitude },
    { title: { en: 'Longitude', ar: 'خط الطول' }, type: 'decimal', width: 13, of: ({ longitude }) => longitude },
    { title: { en: 'Connectors', ar: 'المقابس' }, type: 'integer', width: 12, of: ({ connectors }) => connectors },
    {
      title: { en: 'Price', ar: 'السعر' },
      type: 'money',
      width: 16,
      of: (row, { currency }) => priceIn(row, { currency, rate: rateFor(this.rates, currency) }),
    },
    {
      title: { en: 'Price per', ar: 'السعر لكل' },
      type: 'text',
      width: 12,
      of: (row, to) => inWords(UNIT, row.price_unit, to),
    },
    { title: { en: 'Orders', ar: 'الطلبات' }, type: 'integer', width: 10, of: ({ orders_count }) => orders_count },
    { title: { en: 'Energy (kWh)', ar: 'الطاقة (ك.و.س)' }, type: 'decimal', width: 15, of: (row) => row.total_energy },
    {
      title: { en: 'Charging time (min)', ar: 'مدة الشحن (دقيقة)' },
      type: 'decimal',
      width: 19,
      of: ({ total_sessions_time }) => total_sessions_time,
    },
    {
      title: { en: 'Earnings', ar: 'الأرباح' },
      type: 'money',
      width: 18,
      of: this.earnings,
    },
    { title: { en: 'Currency', ar: 'العملة' }, type: 'text', width: 10, of: (_, { currency }) => currency },
    { title: { en: 'Rating', ar: 'التقييم' }, type: 'decimal', width: 10, of: ({ rating }) => rating },
    {
      title: { en: 'Created', ar: 'تاريخ الإنشاء' },
      type: 'moment',
      width: 20,
      of: ({ created_here }) => created_here,
    },
  ];
}
