import { Injectable } from '@nestjs/common';
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
}
