import { Injectable } from '@nestjs/common';
import type { OrderPayment, OrderStatus, PriceUnit } from '@open-cpo/contracts';
import {
  CurrencyRates,
  type ExportSource,
  type ExportViewer,
  inWords,
  type SourceColumn,
  Transactions,
} from '@open-cpo/persistence';
import { ESTIMATE, EXPORTED } from './orders.queries';
import { PAYMENT, STATUS, UNIT } from './words';

interface ExportedOrder {
  readonly id: number;
  readonly title: string | null;
  readonly identifier: string | null;
  readonly connector_number: number | null;
  readonly user_id: number | null;
  readonly status: OrderStatus;
  readonly payment: OrderPayment;
  readonly unit: PriceUnit;
  readonly requested_quantity: string;
  readonly quantity: string;
  readonly charging_session_time: string;
  readonly charging_session_energy: string;
  readonly started_here: string;
  readonly ended_here: string | null;
  readonly unit_price: string;
  readonly price: string;
  readonly app_fees: string;
  readonly earning: string;
  readonly fees_usd: string;
}

const COLUMNS: readonly SourceColumn<ExportedOrder>[] = [
  { title: { en: 'Order', ar: 'رقم الطلب' }, type: 'integer', width: 12, of: ({ id }) => id },
  { title: { en: 'Power center', ar: 'محطة الشحن' }, type: 'text', width: 32, of: ({ title }) => title },
  { title: { en: 'Identifier', ar: 'رمز المحطة' }, type: 'text', width: 22, of: ({ identifier }) => identifier },
  { title: { en: 'Connector', ar: 'المقبس' }, type: 'integer', width: 11, of: (row) => row.connector_number },
  { title: { en: 'Driver', ar: 'السائق' }, type: 'integer', width: 12, of: ({ user_id }) => user_id },
  { title: { en: 'Status', ar: 'الحالة' }, type: 'text', width: 13, of: (r, to) => inWords(STATUS, `${r.status}`, to) },
  {
    title: { en: 'Payment', ar: 'الدفع' },
    type: 'text',
    width: 12,
    of: (row, to) => inWords(PAYMENT, row.payment, to),
  },
  { title: { en: 'Started', ar: 'البداية' }, type: 'moment', width: 20, of: ({ started_here }) => started_here },
  { title: { en: 'Ended', ar: 'النهاية' }, type: 'moment', width: 20, of: ({ ended_here }) => ended_here },
  { title: { en: 'Time (min)', ar: 'المدة (دقيقة)' }, type: 'decimal', width: 13, of: (r) => r.charging_session_time },
  {
    title: { en: 'Energy (kWh)', ar: 'الطاقة (ك.و.س)' },
    type: 'decimal',
    width: 15,
    of: (r) => r.charging_session_energy,
  },
  { title: { en: 'Requested', ar: 'المطلوب' }, type: 'decimal', width: 12, of: (row) => row.requested_quantity },
  { title: { en: 'Quantity', ar: 'الكمية' }, type: 'decimal', width: 12, of: ({ quantity }) => quantity },
  { title: { en: 'Unit', ar: 'الوحدة' }, type: 'text', width: 10, of: (row, to) => inWords(UNIT, row.unit, to) },
  { title: { en: 'Unit price', ar: 'سعر الوحدة' }, type: 'money', width: 16, of: ({ unit_price }) => unit_price },
  { title: { en: 'Amount', ar: 'المبلغ' }, type: 'money', width: 18, of: ({ price }) => price },
  { title: { en: 'Platform fees', ar: 'رسوم المنصة' }, type: 'money', width: 16, of: ({ app_fees }) => app_fees },
  { title: { en: 'Earning', ar: 'الأرباح' }, type: 'money', width: 18, of: ({ earning }) => earning },
  { title: { en: 'Currency', ar: 'العملة' }, type: 'text', width: 10, of: (_, { currency }) => currency },
  { title: { en: 'Driver fees (USD)', ar: 'رسوم السائق (دولار)' }, type: 'decimal', width: 18, of: (r) => r.fees_usd },
];

/** The orders of an owner, as their accountant wants them. */
@Injectable()
export class OrdersExport implements ExportSource<ExportedOrder> {
  readonly title = { en: 'Orders', ar: 'الطلبات' };
  readonly columns = COLUMNS;

  constructor(
    private readonly transactions: Transactions,
    private readonly rates: CurrencyRates,
  ) {}

  async estimate(accountId: number): Promise<number> {
    return (await this.transactions.first<{ orders: number }>(ESTIMATE, [accountId], 'exports.orders'))?.orders ?? 0;
  }

  /** A currency that has no rate shows dollars, as everywhere. */
  statement({ accountId, timeZone, currency }: ExportViewer) {
    const rate = this.rates.has(currency) ? this.rates.rateOf(currency) : '1';
    return { text: EXPORTED, params: [accountId, timeZone, currency, rate] };
  }
}
