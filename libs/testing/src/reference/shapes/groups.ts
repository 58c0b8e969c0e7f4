import { id, int, list, nullable, object, rule, string, text } from '../shape';
import type { Keys } from '../shape';
import { cpRow } from './charge-points';

const keys = {
  id,
  name: text,
  companyName: nullable(string),
  licenseCode: nullable(string),
  chargePointsNumber: int,
  chargePointsIds: list(id),
} satisfies Keys;

interface Group {
  chargePointsNumber: number;
  chargePointsIds: number[];
}

const counted = (all: Keys) =>
  rule<Group>(
    object(all),
    'chargePointsNumber to count chargePointsIds',
    (group) => group.chargePointsNumber === group.chargePointsIds.length,
  );

/** A group as it answers unless its power centers are asked for. */
export const group = counted(keys);
/** A group with `power-centers=1`. */
export const groupWithPowerCenters = counted({ ...keys, power_centers: list(cpRow) });
