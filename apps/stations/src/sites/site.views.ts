import type { Site, SiteAddress } from '@open-cpo/contracts';
import type { RowOf } from '@open-cpo/persistence';
import { membersView } from '../charge-points/charge-point.members';
import type { ListedRow } from '../charge-points/charge-point.rows';
import { coordinate, type Viewer } from '../charge-points/charge-point.views';
import type { OWN_COLUMNS } from './site.queries';

export interface AddressRow extends Omit<SiteAddress, 'latitude' | 'longitude'> {
  readonly latitude: number;
  readonly longitude: number;
}

/** A site as it is read; `power_centers` only where they were asked for. */
export interface SiteRow extends RowOf<typeof OWN_COLUMNS> {
  readonly active: boolean;
  readonly charge_point_ids: number[];
  readonly address: AddressRow | null;
  readonly power_centers?: readonly ListedRow[];
}

/** Coordinates come as numbers and are answered as texts (reference L3717). */
const addressView = ({ id, latitude, longitude, ...rest }: AddressRow): SiteAddress => ({
  id,
  latitude: coordinate(latitude),
  longitude: coordinate(longitude),
  ...rest,
});

/** `chargePointIds` where groups say `chargePointsIds`, and `power_centers` always (reference L3709, L3735). */
export const siteView = (row: SiteRow, viewer?: Viewer): Site => ({
  id: row.id,
  categoryId: row.category_id,
  name: row.name,
  status: row.status,
  active: row.active,
  startDate: row.start_date,
  endDate: row.end_date,
  integrationCode: row.integration_code,
  chargePointIds: row.charge_point_ids,
  address: row.address && addressView(row.address),
  power_centers: viewer ? membersView(row.power_centers ?? [], viewer) : [],
});
