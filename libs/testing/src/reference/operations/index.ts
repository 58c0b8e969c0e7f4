import type { ReferenceOperation } from '../operation';
import { authOperations } from './auth';
import { categoryOperations } from './categories';
import { chargePointPriceOperations } from './charge-point-prices';
import { chargePointOperations } from './charge-points';
import { countryOperations } from './countries';
import { feedbackOperations } from './feedback';
import { groupOperations } from './groups';
import { orderOperations } from './orders';
import { payoutOperations } from './payouts';
import { siteOperations } from './sites';
import { userOperations } from './user';
import { workerOperations } from './workers';

export { XLSX } from './files';

/** The 73 operations of the reference, in its order. */
export const OPERATIONS: readonly ReferenceOperation[] = [
  ...authOperations,
  ...userOperations,
  ...categoryOperations,
  ...feedbackOperations,
  ...countryOperations,
  ...orderOperations,
  ...payoutOperations,
  ...chargePointOperations,
  ...chargePointPriceOperations,
  ...groupOperations,
  ...siteOperations,
  ...workerOperations,
];
