import type { OrderPayment } from '@open-cpo/contracts';
import Big from 'big.js';
import type { Tariff } from '../charge-points/tariff';
import { measure, type MeasuredEnergy } from '../plausibility/energy';
import type { Deliverable } from '../plausibility/registers';
import type { Reading, StartedSession } from '../sessions/session';
import { type Settlement, usdOf } from './in-currency';
import type { OrderFigures } from './order';
import { priced } from './priced';

/** What the platform asks of an order. */
export interface Terms {
  readonly fee: string;
  readonly earningRate: string;
  readonly settlement: Settlement;
}

/** USD that a driver pays on top; nothing where the order was settled elsewhere. */
export const feeOf = (payment: OrderPayment, { orderFlatFeeUsd }: { readonly orderFlatFeeUsd: string }): string =>
  payment === 'settled' ? '0' : orderFlatFeeUsd;

const MINUTE = 60_000;

const minutesBetween = (from: Date, to: Date): Big => new Big(Math.max(0, to.getTime() - from.getTime())).div(MINUTE);

/** kWh from a session's begin to a register, as far as it goes; a lower register is judged at the end. */
const energyTo = ({ start_wh }: StartedSession, wh: string): Big => {
  const delivered = new Big(wh).minus(start_wh ?? wh).div(1000);
  return delivered.lt(0) ? new Big(0) : delivered;
};

const rounded = (value: Big, decimals: number): string => value.round(decimals, Big.roundHalfUp).toFixed(decimals);
const floor = (value: Big): Big => value.round(0, Big.roundDown);

/** An order at its beginning: nothing has been delivered, and it costs nothing yet. */
export const nothingYet = (tariff: Tariff): OrderFigures => ({
  charging_session_time: '0.0000',
  charging_session_energy: '0.0000',
  quantity: '0.0000',
  unit_price_usd: rounded(new Big(tariff.base_usd), 8),
  price_usd: '0.00000000',
  fees_usd: '0.00000000',
  earning_usd: '0.00000000',
  prices: [],
  unit_price_amount: tariff.base_amount ?? null,
  price_amount: null,
  earning_amount: null,
  amounts_currency: tariff.base_currency ?? null,
});

/** How far a session has come by its last reading. */
export function progress(session: StartedSession, last: Reading, tariff: Tariff): OrderFigures {
  const minutes = minutesBetween(session.started_at, last.at);
  const energy = energyTo(session, last.wh);
  return {
    ...nothingYet(tariff),
    charging_session_time: rounded(minutes, 4),
    charging_session_energy: rounded(energy, 4),
    quantity: rounded(tariff.unit === 'minutes' ? floor(minutes) : energy, 4),
  };
}

/** When a session ended; nothing as long as it goes on. One that ended before it began has no time in it. */
export function endOf(session: StartedSession): Date | null {
  const end = session.ended_at ?? session.silent_at;
  return end && end < session.started_at ? session.started_at : end;
}

/** What the registers of an ended session say. */
export function measured(
  session: StartedSession,
  readings: readonly Reading[],
  endedAt: Date,
  deliverable: Deliverable,
): MeasuredEnergy {
  const { started_at: startedAt, start_wh: startWh, ended_at, silent_at, end_wh } = session;
  // An assumed one is that of its moment alone.
  const endWh = ended_at || (silent_at && +silent_at === +endedAt) ? end_wh : null;
  return measure({ startedAt, endedAt, startWh, endWh, readings }, deliverable);
}

/** What a session has come to. */
export interface Outcome {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly measured: MeasuredEnergy;
}

/** An ended session that costs nothing until it is reviewed. */
export function unpriced({ startedAt, endedAt, measured: { energy } }: Outcome, tariff: Tariff): OrderFigures {
  const minutes = minutesBetween(startedAt, endedAt);
  const kwh = (energy ?? new Big(0)).div(1000);
  return {
    ...nothingYet(tariff),
    charging_session_time: rounded(minutes, 4),
    charging_session_energy: rounded(kwh, 4),
    quantity: rounded(tariff.unit === 'minutes' ? floor(minutes) : kwh, 4),
  };
}

/** What an ended session comes to; the same whatever came first, and however often. */
export function figuresAt(
  { startedAt, endedAt, measured: { energy: wh, values: meterValues } }: Outcome,
  tariff: Tariff,
  { fee, earningRate, settlement }: Terms,
): OrderFigures {
  const energy = (wh ?? new Big(0)).div(1000);
  const price = priced({ startedAt, endedAt, energy, meterValues, tariff, settlement });
  const earning = new Big(price.total).times(earningRate).toFixed();
  return {
    charging_session_time: rounded(minutesBetween(startedAt, endedAt), 4),
    charging_session_energy: rounded(energy, 4),
    quantity: rounded(new Big(price.quantity), 4),
    unit_price_usd: usdOf(price.unitPrice, settlement),
    price_usd: usdOf(price.total, settlement),
    fees_usd: rounded(new Big(fee), 8),
    earning_usd: usdOf(earning, settlement),
    prices: price.slices,
    unit_price_amount: rounded(new Big(price.unitPrice), 8),
    price_amount: rounded(new Big(price.total), 8),
    earning_amount: rounded(new Big(earning), 8),
    amounts_currency: settlement.currency,
  };
}
