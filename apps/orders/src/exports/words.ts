import type { Words } from '@open-cpo/persistence';

/** By the numbers of the reference. */
export const STATUS: Words = {
  0: { en: 'Charging', ar: 'قيد الشحن' },
  1: { en: 'Completed', ar: 'مكتمل' },
  2: { en: 'Taken back', ar: 'ملغى' },
};

export const PAYMENT: Words = {
  electronic: { en: 'Electronic', ar: 'إلكتروني' },
  cash: { en: 'Cash', ar: 'نقدي' },
  settled: { en: 'Settled elsewhere', ar: 'مسدد في نظام آخر' },
};

export const UNIT: Words = {
  minutes: { en: 'Minutes', ar: 'دقائق' },
  energy: { en: 'kWh', ar: 'ك.و.س' },
};
