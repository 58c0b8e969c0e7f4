import Big, { type BigSource } from 'big.js';

/** ISO 4217: currencies whose smallest unit is not a hundredth. */
const WHOLE = ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF'];
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...[...WHOLE, 'XPF'].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
]);

/** Digits after the point that amounts of a currency have: 0 for JPY, 3 for KWD, 2 for most. */
export const decimalsOf = (currency: string): number => DECIMALS.get(currency) ?? 2;

/** An amount with the decimals of its currency, half away from zero: "1292" JPY, "6.027" JOD. */
export function inUnits(amount: BigSource, currency: string): string {
  const decimals = decimalsOf(currency);
  const rounded = new Big(amount).round(decimals, Big.roundHalfUp);
  return (rounded.eq(0) ? new Big(0) : rounded).toFixed(decimals);
}
