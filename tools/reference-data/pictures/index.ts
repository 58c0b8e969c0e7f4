import { amenityIcons } from './amenities';
import { chargePointPhoto } from './charge-point';
import { chargerTypePictures } from './charger-types';
import { connectorIcons } from './connectors';
import { markers } from './markers';
import { payoutMethodLogos } from './payout-methods';
import { type Picture } from './shapes';

/** Every drawn picture by its path under the gateway's assets. */
export function pictures(): Record<string, Picture> {
  return {
    ...chargePointPhoto(),
    ...connectorIcons(),
    ...amenityIcons(),
    ...chargerTypePictures(),
    ...markers(),
    ...payoutMethodLogos(),
  };
}
