import { type LocalListEntry, ocppTime } from '@open-cpo/ocpp';

/** The last day, `YYYY-MM-DD`, of each card by its number. */
export type CardDays = Readonly<Record<string, string>>;

/** Chargers count seconds in 32 bits: what expires later is sent without an end, and taken out when it is time. */
const LATEST_MS = Date.UTC(2037, 11, 31);

export interface ListUpdate {
  readonly entries: readonly LocalListEntry[];
  /** What the charger has when it took them. */
  readonly after: CardDays;
}

/** What of a list is still to be sent: cards that go first, and at most so many at once. `endOf`: epoch milliseconds. */
export function nextUpdate(has: CardDays, wanted: CardDays, size: number, endOf: (day: string) => number): ListUpdate {
  const removed = Object.keys(has).filter((tag) => !Object.hasOwn(wanted, tag));
  const added = Object.keys(wanted).filter((tag) => has[tag] !== wanted[tag]);
  const gone = removed.slice(0, size);
  const come = added.slice(0, size - gone.length);
  const after = new Map(Object.entries(has));
  gone.forEach((tag) => after.delete(tag));
  come.forEach((tag) => after.set(tag, wanted[tag] ?? ''));
  const entries = [
    ...gone.map((tag): LocalListEntry => ({ tag, removed: true })),
    ...come.map((tag): LocalListEntry => {
      const day = wanted[tag] ?? '';
      const end = endOf(day);
      return end > LATEST_MS ? { tag, day } : { tag, day, until: ocppTime(end) };
    }),
  ];
  return { entries, after: Object.fromEntries(after) };
}

/** The numbers that a charger told of its lists; what cannot be one counts as not told. */
export function limitsIn(configuration: readonly { readonly key: string; readonly value?: string | null }[]): {
  readonly enabled: boolean;
  readonly maxCards?: number;
  readonly maxMessage?: number;
} {
  const told = new Map(configuration.map(({ key, value }) => [key.toLowerCase(), value ?? '']));
  const of = (...keys: readonly string[]): string | undefined =>
    keys.map((key) => told.get(key.toLowerCase())).find((value) => value !== undefined);
  const enabled = of('LocalAuthListEnabled', 'LocalAuthListCtrlr.Enabled')?.trim().toLowerCase() !== 'false';
  const [maxCards, maxMessage] = [
    // `Entries` of 2.0.1 is how many there are: how many may be is told in reports alone.
    countOf(of('LocalAuthListMaxLength')),
    countOf(of('SendLocalListMaxLength', 'LocalAuthListCtrlr.ItemsPerMessage')),
  ];
  return {
    enabled,
    ...(maxCards === undefined ? {} : { maxCards }),
    ...(maxMessage === undefined ? {} : { maxMessage }),
  };
}

function countOf(text: string | undefined): number | undefined {
  const count = /^\s*\d{1,6}\s*$/.test(text ?? '') ? Number(text) : 0;
  return count > 0 ? count : undefined;
}
