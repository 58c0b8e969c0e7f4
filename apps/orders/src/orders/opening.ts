import { Injectable } from '@nestjs/common';
import { ORDER_STATUS } from '@open-cpo/contracts';
import { ChargePointsRepository, type KnownChargePoint } from '../charge-points/charge-points.repository';
import { connectorOf, tariffAt } from '../charge-points/tariff.rules';
import { type StartedSession } from '../sessions/session';
import { nothingYet } from './figures';
import type { OrderRow } from './order';
import { OrderWrites } from './order.writes';

/** Makes orders of sessions that have begun. */
@Injectable()
export class Opening {
  constructor(
    private readonly chargePoints: ChargePointsRepository,
    private readonly writes: OrderWrites,
  ) {}

  /** The new orders; none for sessions at power centers that we have not heard of. */
  async open(sessions: readonly StartedSession[]): Promise<OrderRow[]> {
    if (sessions.length === 0) return [];
    const ids = sessions.flatMap(({ charge_point_id: id }) => (id === null ? [] : [id]));
    const tokens = sessions.flatMap(({ token }) => (token === null ? [] : [token]));
    const known = await this.chargePoints.meant([...new Set(ids)], [...new Set(tokens)]);
    const byId = new Map(known.map((one) => [one.id, one]));
    const byToken = new Map(known.map((one) => [one.token, one]));
    const meant = ({ charge_point_id: id, token }: StartedSession) =>
      id === null ? byToken.get(token ?? '') : byId.get(id);
    const orders = sessions.flatMap((session) => {
      const chargePoint = meant(session);
      return chargePoint ? [newOrder(session, chargePoint)] : [];
    });
    return this.writes.insert(orders);
  }
}

function newOrder(session: StartedSession, chargePoint: KnownChargePoint): Omit<OrderRow, 'id'> {
  const tariff = tariffAt(chargePoint, session.started_at);
  return {
    session_id: session.session_id,
    account_id: chargePoint.account_id,
    charge_point_id: chargePoint.id,
    charge_point_connector_id: connectorOf(chargePoint, session.connector_number)?.id ?? null,
    connector_number: session.connector_number,
    // Who shows nothing but a card is served on the owner's behalf.
    user_id: session.driver_id ?? chargePoint.account_id,
    fleet_id: null,
    payment: session.payment ?? 'electronic',
    worker_id: session.worker_id,
    unit: tariff.unit,
    requested_quantity: session.requested_quantity ?? 'FULL',
    status: ORDER_STATUS.open,
    revision: 0,
    closed_by: null,
    tariff,
    ...nothingYet(tariff),
    earning_rate: null,
    currency: null,
    rate: null,
    day: null,
    feedback_exist: false,
    delivered_at: null,
    created_at: session.started_at,
    updated_at: session.started_at,
  };
}
