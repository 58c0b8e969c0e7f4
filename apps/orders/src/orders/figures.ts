import Big from 'big.js';
import type { Tariff } from '../charge-points/tariff';
import type { Reading, StartedSession } from '../sessions/session';
import type { OrderFigures } from './order';
import { priced } from './priced';

/** What the platform asks of an order. */
export interface Terms {
  readonly fee: string;
  readonly earningRate: string;
}

const MINUTE = 60_000;

const minutesBetween = (from: Date, to: Date): Big => new Big(Math.max(0, to.getTime() - from.getTime())).div(MINUTE);

/** kWh from a session's begin to a register; a meter that runs backwards has delivered nothing. */
const energyTo = ({ start_wh }: StartedSession, wh: string | null): Big => {
  const delivered = new Big(wh ?? start_wh ?? 0).minus(start_wh ?? 0).div(1000);
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

/** When a session ended, and at which register; nothing as long as it goes on. */
export function endOf(session: StartedSession, readings: readonly Reading[]): { at: Date; wh: string | null } | null {
  const end = session.ended_at ?? session.silent_at;
  if (!end) return null;
  const at = end < session.started_at ? session.started_at : end;
  const last = readings.filter((reading) => reading.at <= at).at(-1);
  return { at, wh: session.ended_at && session.end_wh !== null ? session.end_wh : (last?.wh ?? null) };
}

/** What an ended session comes to; the same whatever came first, and however often. */
export function figuresAt(
  session: StartedSession,
  readings: readonly Reading[],
  end: { at: Date; wh: string | null },
  tariff: Tariff,
  { fee, earningRate }: Terms,
): OrderFigures {
  const energy = energyTo(session, end.wh);
  const within = readings.filter(({ at }) => at > session.started_at && at < end.at);
  const meterValues = within.map(({ at, wh }) => ({ at, wh: energyTo(session, wh).times(1000) }));
  const price = priced({ startedAt: session.started_at, endedAt: end.at, energy, meterValues, tariff });
  const total = new Big(price.total);
  return {
    charging_session_time: rounded(minutesBetween(session.started_at, end.at), 4),
    charging_session_energy: rounded(energy, 4),
    quantity: rounded(new Big(price.quantity), 4),
    unit_price_usd: rounded(new Big(price.unitPrice), 8),
    price_usd: rounded(total, 8),
    fees_usd: rounded(new Big(fee), 8),
    earning_usd: rounded(total.times(earningRate), 8),
    prices: price.slices,
  };
}
