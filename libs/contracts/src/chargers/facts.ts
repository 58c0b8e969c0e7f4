import { domainEvent } from '../core/domain-event';
import { Id, Instant, Int, Text } from '../fields';

/** A charger reports a fault of a connector, or of itself. */
export class ChargerFaulted {
  @Id() charger_id: number;
  @Id() account_id: number;
  @Id() charge_point_id: number;
  /** Absent in events of older versions. */
  @Text() identity?: string | null;
  /** 0 is the charger itself. */
  @Int({ min: 0, presence: 'required' }) connector_number: number;
  /** In the words of OCPP: `GroundFailure`. */
  @Text({ presence: 'required' }) error_code: string;
  @Text() vendor_error_code?: string | null;
  @Text() info?: string | null;
  @Instant({ presence: 'required' }) reported_at: string;
}

/** A fault is over: the error code is the one that it had. */
export class ChargerRecovered extends ChargerFaulted {}

// Both go by the charger's id as their aggregate, so that they stay in order.
export const chargerFaulted = domainEvent('chargers.faults.reported', ChargerFaulted);
export const chargerRecovered = domainEvent('chargers.faults.over', ChargerRecovered);
