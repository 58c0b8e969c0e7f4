import { domainEvent } from '../core/domain-event';
import { Id, Instant, Int, Json, Ref, Text } from '../fields';
import type { ChargePointFull } from './charge-point-full';

/** What every viewer sees of a power center: everything but the amounts that are converted for the viewer. */
export type ChargePointCard = Omit<ChargePointFull, 'total_earnings' | 'price' | 'reservation_fee' | 'earning'>;

/** A connector as other services refer to it: `id` is its own, `type_id` that of its kind. */
export interface ChargePointConnector {
  readonly id: number;
  readonly type_id: number;
  readonly number: number | null;
  readonly status: string;
}

/** What a minute or a kilowatt-hour costs, as decimal texts; null as long as no price was ever set. */
export interface ChargePointPrice {
  readonly amount: string;
  readonly currency: string;
  readonly usd: string;
}

/** A power center as it is now, with all that other services keep of it. */
export class ChargePointChanged {
  @Id() id: number;
  @Id() account_id: number;
  /** IANA name; its days, opening hours and range prices are in it. */
  @Text({ presence: 'required' }) time_zone: string;
  @Json() price: ChargePointPrice | null;
  // Not `required`, for which an empty list is as good as none.
  @Json() connectors: ChargePointConnector[];
  @Json({ presence: 'required' }) card: ChargePointCard;
}

/** A power center is gone for its owner; its history stays. */
export class ChargePointRemoved {
  @Id() id: number;
  @Id() account_id: number;
}

/** A charger speaks of a connector that its power center does not have. */
export class ConnectorUnknown {
  @Id() id: number;
  @Id() account_id: number;
  @Int({ min: 0, presence: 'required' }) connector_number: number;
  @Instant({ presence: 'required' }) reported_at: string;
}

/** A charger speaks of a power center that there is not (any more), and whose it would be. */
export class ChargerUnknown {
  @Id() account_id: number;
  @Text() token?: string | null;
  @Ref() charge_point_id?: number | null;
  @Instant({ presence: 'required' }) reported_at: string;
}

export const connectorUnknown = domainEvent('stations.charge-points.connector-unknown', ConnectorUnknown);
export const chargerUnknown = domainEvent('stations.charge-points.charger-unknown', ChargerUnknown);
export const chargePointChanged = domainEvent('stations.charge-points.changed', ChargePointChanged);
export const chargePointRemoved = domainEvent('stations.charge-points.removed', ChargePointRemoved);
