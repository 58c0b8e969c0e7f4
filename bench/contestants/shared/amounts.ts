/** Units of each currency for one US dollar. */
export type Rates = Readonly<Record<string, number>>;

/** Who looks: what a US dollar is worth to them. */
export interface Viewer {
  readonly currency: string;
  readonly rate: number;
}

/** A stored USD amount in a currency, two decimals, half away from zero. */
export const shown = (usd: string | number, rate: number): string => two(Number(usd) * rate);

/** Two decimals, half away from zero; what binary fractions are off by is less than the nudge. */
export const two = (value: number): string => (Math.round(value * 100 + 1e-7) / 100).toFixed(2);

/** In USD, whatever the power center's price. */
export const RESERVATION_FEE = 0.5;
