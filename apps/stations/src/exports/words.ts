import type { Words } from '@open-cpo/persistence';

export const STATUS: Words = {
  available: { en: 'Available', ar: 'متاحة' },
  busy: { en: 'Busy', ar: 'مشغولة' },
  booked: { en: 'Booked', ar: 'محجوزة' },
  unavailable: { en: 'Unavailable', ar: 'غير متاحة' },
};

export const UNIT: Words = {
  minutes: { en: 'Minute', ar: 'دقيقة' },
  energy: { en: 'kWh', ar: 'ك.و.س' },
};
