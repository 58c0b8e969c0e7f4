import { type Caller, ownerOf } from '@open-cpo/contracts';
import type { Viewer } from '../charge-points/charge-point.views';
import { rateFor, type Rates } from './rates';

/** The caller as somebody who looks at amounts, now. */
export function viewerOf(caller: Caller, rates: Rates): Viewer {
  const { ownerId, currency } = ownerOf(caller);
  return { ownerId, currency, rate: rateFor(rates, currency), now: new Date() };
}
