import type { Group } from '@open-cpo/contracts';
import type { RowOf } from '@open-cpo/persistence';
import { membersView } from '../charge-points/charge-point.members';
import type { ListedRow } from '../charge-points/charge-point.rows';
import type { Viewer } from '../charge-points/charge-point.views';
import type { OWN_COLUMNS } from './group.queries';

/** A group as it is read; `power_centers` only where they were asked for. */
export interface GroupRow extends RowOf<typeof OWN_COLUMNS> {
  readonly charge_point_ids: number[];
  readonly power_centers?: readonly ListedRow[];
}

/** Without a viewer there is no `power_centers` at all (reference L3400, L3450). */
export const groupView = (row: GroupRow, viewer?: Viewer): Group => ({
  id: row.id,
  name: row.name,
  companyName: row.company_name,
  licenseCode: row.license_code,
  chargePointsNumber: row.charge_point_ids.length,
  chargePointsIds: row.charge_point_ids,
  ...(viewer ? { power_centers: membersView(row.power_centers ?? [], viewer) } : {}),
});
