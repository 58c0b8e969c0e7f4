import type { OrderState } from '@open-cpo/contracts';
import type { OrderRow } from '../orders/order';

/** An order as operators see it. */
export const stateOf = ({ id, status, revision, price_usd, earning_usd }: OrderRow): OrderState => ({
  id,
  status,
  revision,
  price_usd,
  earning_usd,
});
