import { isDeepStrictEqual } from 'node:util';
import type { ChargePointChanged } from '@open-cpo/contracts';

/** What counts as the status of a power center: not its figures, prices or texts. */
export interface Status {
  readonly status: string;
  readonly online_status: 0 | 1;
  readonly connectors: readonly { readonly number: number | null; readonly status: string }[];
}

export const statusOf = ({ card }: ChargePointChanged): Status => ({
  status: card.status,
  online_status: card.online_status,
  connectors: card.connectors.map(({ number, status }) => ({ number, status })),
});

export const differs = (before: Status, after: Status): boolean => !isDeepStrictEqual(before, after);

/** The part of a power center's row that speaks of its status, and what it was before. */
export const statusNews = ({ card }: ChargePointChanged, before: Status) => ({
  id: card.id,
  identifier: card.identifier,
  title: card.title,
  status: card.status,
  previous_status: before.status,
  online_status: card.online_status,
  is_in_use: card.is_in_use,
  available: card.available,
  connectors: card.connectors,
});
