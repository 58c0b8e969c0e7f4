import type { CurrencyRate } from '@open-cpo/contracts';

export interface RateRow extends Omit<CurrencyRate, 'updated_at'> {
  readonly updated_at: Date;
}

export const rateRow = ({ updated_at, ...row }: RateRow): CurrencyRate => ({
  ...row,
  updated_at: updated_at.toISOString(),
});
