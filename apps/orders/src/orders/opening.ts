import { Injectable } from '@nestjs/common';
import { ORDER_STATUS } from '@open-cpo/contracts';
import { BackEndsRepository } from '../back-ends/back-ends.repository';
import { backEndOfSession } from '../back-ends/session-key';
import { ChargePointsRepository, type KnownChargePoint } from '../charge-points/charge-points.repository';
import type { Tariff } from '../charge-points/tariff';
import { connectorOf } from '../charge-points/tariff.rules';
import { Tariffs } from '../charge-points/tariffs';
import { OrdersConfig } from '../config';
import { type Flag, holds } from '../plausibility/flags';
import { judgeStart } from '../plausibility/plausibility';
import { type StartedSession } from '../sessions/session';
import { nothingYet } from './figures';
import type { OrderRow } from './order';
import { OrderWrites } from './order.writes';

/** Makes orders of sessions that have begun. */
@Injectable()
export class Opening {
  constructor(
    private readonly chargePoints: ChargePointsRepository,
    private readonly tariffs: Tariffs,
    private readonly writes: OrderWrites,
    private readonly backEnds: BackEndsRepository,
    private readonly config: OrdersConfig,
  ) {}

  /** The new orders; none for sessions at power centers that are not known. */
  async open(sessions: readonly StartedSession[]): Promise<OrderRow[]> {
    if (sessions.length === 0) return [];
    const ids = sessions.flatMap(({ charge_point_id: id }) => (id === null ? [] : [id]));
    const tokens = sessions.flatMap(({ token }) => (token === null ? [] : [token]));
    const known = await this.chargePoints.meant([...new Set(ids)], [...new Set(tokens)]);
    const byId = new Map(known.map((one) => [one.id, one]));
    const byToken = new Map(known.map((one) => [one.token, one]));
    const meant = (session: StartedSession) => {
      const { charge_point_id: id, token } = session;
      if (id === null) return byToken.get(token ?? '');
      const found = byId.get(id);
      return found && isMeant(session, found) ? found : undefined;
    };
    const begun = await this.served(
      sessions.flatMap((session) => {
        const chargePoint = meant(session);
        return chargePoint ? [{ session, chargePoint, at: session.started_at }] : [];
      }),
    );
    const tariffs = await this.tariffs.of(begun);
    const now = new Date();
    const order = ({ session, chargePoint }: (typeof begun)[number], tariff: Tariff) =>
      newOrder(session, chargePoint, { tariff, flags: this.flagsOf(session, chargePoint, now) });
    return this.writes.insert(tariffs.flatMap((tariff, at) => (begun[at] ? [order(begun[at], tariff)] : [])));
  }

  /** A session that was received before its power center waits on where its back end does not serve that. */
  private async served<B extends { session: StartedSession; chargePoint: KnownChargePoint }>(begun: B[]): Promise<B[]> {
    const names = new Set(begun.flatMap(({ session }) => backEndOfSession(session.session_id) ?? []));
    if (names.size === 0) return begun;
    const ids = begun.map(({ chargePoint }) => chargePoint.id);
    const served = await this.backEnds.served([...names], [...new Set(ids)]);
    return begun.filter(({ session, chargePoint }) => {
      const name = backEndOfSession(session.session_id);
      return name === undefined || served.has(`${name} ${chargePoint.id}`);
    });
  }

  private flagsOf(session: StartedSession, chargePoint: KnownChargePoint, now: Date): Flag[] {
    const { started_at: startedAt, connector_number: number } = session;
    const { created_at: powerCenterSince, removed_at: powerCenterUntil } = chargePoint;
    const history = session.payment === 'settled';
    const flags = judgeStart({ startedAt, powerCenterSince, powerCenterUntil, history }, this.config, now);
    const unknown = number !== null && chargePoint.connectors.length > 0 && !connectorOf(chargePoint, number);
    return unknown ? [...flags, 'connector_unknown'] : flags;
  }
}

/** Milliseconds by which the clocks of two services may differ. */
const CLOCK_SKEW_MS = 1000;

/**
 * Whether a session that names an id means the power center which has it: one that was made after the session was first
 * heard of has got the number by chance.
 */
function isMeant({ token, first_heard_at }: StartedSession, { token: known, created_at }: KnownChargePoint): boolean {
  if (token !== null && token !== known) return false;
  return created_at === null || created_at.getTime() <= first_heard_at.getTime() + CLOCK_SKEW_MS;
}

/** kW of a connector; of the strongest where it was not reported, else of the kind of charger; null where unknown. */
export function powerOf({ card }: KnownChargePoint, told: number | null): number | null {
  const named = card.connectors.filter(({ number }) => number === told);
  const powers = (told !== null && named.length > 0 ? named : card.connectors).map(({ max_power }) => max_power);
  // One of unknown power may be any of them.
  const most = powers.includes(0) ? 0 : Math.max(0, ...powers);
  return most || Number(card.type?.max_power ?? 0) || null;
}

/** What there is to know of an order at its beginning. */
interface Found {
  readonly tariff: Tariff;
  readonly flags: Flag[];
}

/** What an order gets to know when its session ends. */
const NOT_KNOWN_YET = {
  earning_rate: null,
  flat_fee_usd: null,
  currency: null,
  rate: null,
  day: null,
  completed_at: null,
  readings: null,
  delivered_at: null,
} as const;

function newOrder(
  session: StartedSession,
  chargePoint: KnownChargePoint,
  { tariff, flags }: Found,
): Omit<OrderRow, 'id'> {
  const connector = connectorOf(chargePoint, session.connector_number);
  return {
    session_id: session.session_id,
    account_id: chargePoint.account_id,
    charge_point_id: chargePoint.id,
    charge_point_connector_id: connector?.id ?? null,
    connector_number: session.connector_number,
    // A driver with a card alone is served on behalf of the current owner of the account.
    user_id: session.driver_id,
    fleet_id: null,
    payment: session.payment ?? 'electronic',
    worker_id: session.worker_id,
    unit: tariff.unit,
    requested_quantity: session.requested_quantity ?? 'FULL',
    requested_unit: session.requested_unit,
    status: ORDER_STATUS.open,
    revision: 0,
    closed_by: null,
    tariff,
    ...nothingYet(tariff),
    ...NOT_KNOWN_YET,
    feedback_exist: false,
    flags,
    held: holds(flags),
    released: false,
    power_kw: powerOf(chargePoint, session.connector_number),
    limit_told: false,
    created_at: session.started_at,
    updated_at: session.started_at,
  };
}
