import { chargePointChanged, chargePointRemoved } from '@open-cpo/contracts';

/** What makes answers old that show power centers or their figures, beside the writes of their account. */
export const POWER_CENTERS = [chargePointChanged, chargePointRemoved] as const;
