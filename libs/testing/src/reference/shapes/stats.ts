import { format, int, object, s2 } from '../shape';
import type { Keys } from '../shape';

const sums = { earnings: s2, chargingTime: s2, energyConsumed: s2, ordersNb: int } satisfies Keys;
const since = object({ ...sums, date: format('dmy') });

/** Today since midnight, and two rolling windows with the day they begin. */
export const stats = object({ today: object(sums), thisWeek: since, thisMonth: since });
