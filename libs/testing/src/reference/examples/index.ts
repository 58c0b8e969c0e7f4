import { accountExamples } from './account';
import { categoryExamples } from './categories';
import { chargePointPriceExamples } from './charge-point-prices';
import { chargePointExamples } from './charge-points';
import type { ExampleRequest } from './example';
import { groupExamples } from './groups';
import { orderExamples } from './orders';
import { payoutExamples } from './payouts';
import { siteExamples } from './sites';
import { workerExamples } from './workers';

export { exampleHeaders } from './example';
export type { ExampleRequest, Variant, Verdict } from './example';

/** The reference's example requests, one for each of its 78 pairs of method and path, in its order. */
export const EXAMPLES: readonly ExampleRequest[] = [
  ...accountExamples,
  ...categoryExamples,
  ...orderExamples,
  ...payoutExamples,
  ...chargePointExamples,
  ...chargePointPriceExamples,
  ...groupExamples,
  ...siteExamples,
  ...workerExamples,
].sort((one, other) => Number(one.number) - Number(other.number));
