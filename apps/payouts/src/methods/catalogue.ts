import type { PAYOUT_METHOD_NAMES } from '@open-cpo/contracts';
import { STRIPE_COUNTRIES } from './stripe-countries';

/** A payout method as the platform offers it. */
export interface CatalogueEntry {
  readonly id: number;
  readonly name: (typeof PAYOUT_METHOD_NAMES)[number];
  readonly description: string;
  /** ISO 3166-1 codes of the countries where it is offered; everywhere when absent. */
  readonly countries?: ReadonlySet<string>;
}

/** The payout methods there are. Ids and names are part of the API and never change. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    id: 1,
    name: 'stripe',
    description: 'Instant withdrawals with Stripe, ensuring secure and seamless transactions.',
    countries: STRIPE_COUNTRIES,
  },
  {
    id: 2,
    name: 'bank_transfer',
    description: 'Transfer to your bank account, made by hand within a few working days.',
  },
];

export const methodNamed = (name: string): CatalogueEntry | undefined => CATALOGUE.find((one) => one.name === name);

/** @throws Error for an id that no method has ever had */
export function methodWithId(id: number): CatalogueEntry {
  const found = CATALOGUE.find((one) => one.id === id);
  if (!found) throw new Error(`There is no payout method ${id}.`);
  return found;
}

/** Whether a method is offered in a country. */
export const offeredIn = ({ countries }: CatalogueEntry, country: string): boolean => countries?.has(country) ?? true;
