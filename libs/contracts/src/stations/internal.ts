import { operations, stream } from '../core/operation';
import { Int, Ref } from '../fields';
import { ChargePointChanged } from './charge-point-facts';

export class NextCards {
  /** Power centers with greater ids only; absent: from the first. */
  @Ref() after?: number | null;
  @Int({ min: 1, max: 1000, presence: 'required' }) most: number;
}

/** For other services, who rebuild from it what they keep; no route leads here. */
export const stationsInternal = operations('stations.internal', {
  /** The next power centers of all accounts as they are now, by id, in the words of their facts. */
  cards: stream(NextCards, ChargePointChanged),
});
