import { Injectable } from '@nestjs/common';
import type { ConnectorState } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { ChargePointAmenityEntity, ChargePointConnectorEntity } from './charge-point-parts.entities';
import type { Remounting } from './charge-point.rules';

/** Writes what belongs to a power center. */
@Injectable()
export class ChargePointPartsRepository {
  constructor(private readonly transactions: Transactions) {}

  async remount(chargePointId: number, { kept, added, dropped }: Remounting): Promise<void> {
    const { manager } = this.transactions;
    if (dropped.length > 0)
      await manager.delete(
        ChargePointConnectorEntity,
        dropped.map(({ id }) => id),
      );
    for (const { id, type_id } of kept) {
      await manager.update(ChargePointConnectorEntity, { id }, { connector_type_id: type_id });
    }
    const rows = added.map(({ type_id, number }) => ({
      charge_point_id: chargePointId,
      connector_type_id: type_id,
      number,
    }));
    if (rows.length > 0) await manager.insert(ChargePointConnectorEntity, rows);
  }

  async setAmenities(chargePointId: number, amenityIds: readonly number[]): Promise<void> {
    const { manager } = this.transactions;
    await manager.delete(ChargePointAmenityEntity, { charge_point_id: chargePointId });
    const rows = [...new Set(amenityIds)].map((id) => ({ charge_point_id: chargePointId, amenity_id: id }));
    if (rows.length > 0) await manager.insert(ChargePointAmenityEntity, rows);
  }

  /** What a charger said at `at`; false when it said something newer before, or there is no such connector. */
  async setStatus(connectorId: number, status: ConnectorState, at: Date): Promise<boolean> {
    const known = `update charge_point_connectors set status = $2, status_at = $3
      where id = $1 and (status_at is null or status_at <= $3) returning 1`;
    return (await this.transactions.query(known, [connectorId, status, at], 'charge-points.status')).length > 0;
  }
}
