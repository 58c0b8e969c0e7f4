import { localDay, type ImportedOrder, ORDER_STATUS } from '@open-cpo/contracts';
import Big from 'big.js';
import { sessionKey } from '../back-ends/session-key';
import type { KnownChargePoint } from '../charge-points/charge-points.repository';
import type { Tariff } from '../charge-points/tariff';
import { connectorOf } from '../charge-points/tariff.rules';
import { type Settlement, usdOf } from '../orders/in-currency';
import type { OrderRow } from '../orders/order';

/** A session of the past with what was found of it. */
export interface ImportedSession {
  readonly input: ImportedOrder;
  readonly powerCenter: KnownChargePoint;
  readonly powerKw: number | null;
  readonly settlement: Settlement;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** Each account has names of its own: they may be those of another one, or of a charging back end. */
export const storedId = (accountId: number, sessionId: string): string => sessionKey(`import:${accountId}`, sessionId);

const rounded = (value: Big, decimals: number): string => value.round(decimals, Big.roundHalfUp).toFixed(decimals);

/** What all history has in common: it is not paid, not reviewed and not notified. */
const HISTORY = {
  user_id: null,
  fleet_id: null,
  payment: 'settled',
  worker_id: null,
  requested_quantity: 'FULL',
  requested_unit: null,
  status: ORDER_STATUS.completed,
  revision: 1,
  closed_by: 'import',
  prices: [],
  fees_usd: '0.00000000',
  flat_fee_usd: '0.00000000',
  feedback_exist: false,
  flags: [],
  held: false,
  released: false,
  readings: 0,
  limit_told: false,
} as const;

const placeOf = ({ input, powerCenter }: ImportedSession) => {
  const { account_id, id: charge_point_id } = powerCenter;
  const connector_number = input.connector_number ?? null;
  const charge_point_connector_id = connectorOf(powerCenter, connector_number)?.id ?? null;
  const session_id = storedId(account_id, input.session_id);
  return { session_id, account_id, charge_point_id, charge_point_connector_id, connector_number };
};

/** Its amounts are those that were given, at the order's own rate. */
export function importedOrder(session: ImportedSession, now: Date): Omit<OrderRow, 'id'> {
  const { input, powerCenter, powerKw, settlement, startedAt, endedAt } = session;
  const unit = input.unit ?? (powerCenter.card.price_unit === 'energy' ? 'energy' : 'minutes');
  const minutes = new Big(Math.max(0, endedAt.getTime() - startedAt.getTime())).div(60_000);
  const energy = new Big(input.energy_kwh);
  const quantity = unit === 'minutes' ? minutes.round(0, Big.roundDown) : energy;
  const price = new Big(input.price);
  const earning = new Big(input.earning ?? input.price);
  const unitPrice = quantity.gt(0) ? rounded(price.div(quantity), 8) : '0.00000000';
  const { time_zone } = powerCenter;
  return {
    ...HISTORY,
    ...placeOf(session),
    unit,
    tariff: tariffOf(unit, time_zone, unitPrice, settlement),
    charging_session_time: rounded(minutes, 4),
    charging_session_energy: rounded(energy, 4),
    quantity: rounded(quantity, 4),
    unit_price_usd: usdOf(unitPrice, settlement),
    price_usd: usdOf(price.toFixed(), settlement),
    earning_usd: usdOf(earning.toFixed(), settlement),
    unit_price_amount: unitPrice,
    price_amount: rounded(price, 8),
    earning_amount: rounded(earning, 8),
    amounts_currency: settlement.currency,
    earning_rate: price.gt(0) ? rounded(earning.div(price), 6) : '1.000000',
    ...settlement,
    day: localDay(time_zone, endedAt),
    power_kw: powerKw,
    completed_at: now,
    delivered_at: endedAt,
    created_at: startedAt,
    updated_at: endedAt,
  };
}

/** The resulting price of a unit, for corrections of the order. */
const tariffOf = (unit: Tariff['unit'], time_zone: string, unitPrice: string, settlement: Settlement): Tariff => ({
  unit,
  time_zone,
  base_usd: usdOf(unitPrice, settlement),
  base_amount: unitPrice,
  base_currency: settlement.currency,
  ranges: [],
  limit_type: null,
  limit_value: 0,
  confirmed: true,
});
