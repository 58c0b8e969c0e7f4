import { Injectable } from '@nestjs/common';
import type { ChargerConnection, ConnectorStatusReported } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import { ChargePointPartsRepository } from '../charge-points/charge-point-parts.repository';
import { ChargePointNews } from '../charge-points/charge-point.news';
import type { ConnectorRow, WholeRow } from '../charge-points/charge-point.rows';
import { occupancy } from '../charge-points/charge-point.rules';
import { ChargePointsRepository } from '../charge-points/charge-points.repository';

/** What chargers say becomes the state of power centers, in the current transaction. Late messages change nothing. */
@Injectable()
export class ChargerStates {
  constructor(
    private readonly repository: ChargePointsRepository,
    private readonly parts: ChargePointPartsRepository,
    private readonly news: ChargePointNews,
    private readonly log: Log,
  ) {}

  async connector(message: ConnectorStatusReported): Promise<void> {
    const { connector_number: number, status, time } = message;
    const chargePoint = await this.find(message);
    const connector = chargePoint && connectorOf(chargePoint, number);
    if (!chargePoint || !connector) return this.unknown(message);
    if (!(await this.parts.setStatus(connector.id, status, momentOf(time)))) return;
    const statuses = chargePoint.connectors.map((one) => (one === connector ? status : one.status));
    const { busy, reserved } = occupancy(statuses);
    const changed = busy !== chargePoint.busy || reserved !== chargePoint.reserved;
    if (changed) await this.repository.change(chargePoint.id, { busy, reserved });
    if (changed || connector.status !== status) await this.tell(chargePoint);
  }

  /** A charger that has come once is configured, also while it is away. */
  async connection(message: ChargerConnection, connected: boolean): Promise<void> {
    const chargePoint = await this.find(message);
    if (!chargePoint) return this.unknown(message);
    const at = momentOf(message.time);
    if (chargePoint.connection_at && at < chargePoint.connection_at) return;
    const configured = chargePoint.configured || connected;
    await this.repository.change(chargePoint.id, { connected, configured, connection_at: at });
    if (connected !== chargePoint.connected || configured !== chargePoint.configured) await this.tell(chargePoint);
  }

  private find({ token = null, charge_point_id = null }: ChargerConnection): Promise<WholeRow | undefined> {
    return this.repository.lockedForCharger(charge_point_id, token);
  }

  private async tell({ id, account_id }: WholeRow): Promise<void> {
    await this.news.changed(await this.repository.owned(id, account_id));
  }

  /** Removed here, not yet entered, or another connector: nobody can repair it by trying again. */
  private unknown({ token, charge_point_id }: ChargerConnection): void {
    this.log.warn('A charger speaks of a power center or connector that there is not', { token, charge_point_id });
  }
}

/** A charger whose clock is ahead must not silence what is said later: nothing happened after now. */
const momentOf = (time: string): Date => new Date(Math.min(Date.parse(time), Date.now()));

/** By its number; the only connector of a power center may have none. */
function connectorOf({ connectors }: WholeRow, number: number): ConnectorRow | undefined {
  const only = connectors.length === 1 && connectors[0]?.number === null ? connectors[0] : undefined;
  return connectors.find((one) => one.number === number) ?? only;
}
