import type { CurrencyRates } from '@open-cpo/persistence';

/** What we need to know of currencies. */
export type Rates = Pick<CurrencyRates, 'has' | 'rateOf'>;

/** The rate in which a viewer sees amounts: 1 for a currency that has none, so that they see dollars. */
export const rateFor = (rates: Rates, currency: string): string => (rates.has(currency) ? rates.rateOf(currency) : '1');
