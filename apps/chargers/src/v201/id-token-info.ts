import type { v201 } from '@open-cpo/ocpp';
import type { Verdict } from '../cards/cards';

/** What a card may do, in the words of 2.0.1: an unknown one is `Unknown`; `Invalid` where it could not be asked. */
export function idTokenInfo({ status, worker }: Verdict): v201.Responses['Authorize']['idTokenInfo'] {
  return { status: status === 'Invalid' && worker === false ? 'Unknown' : status };
}
