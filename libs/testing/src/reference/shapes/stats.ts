import { format, id, int, list, number, object, s2, text } from '../shape';
import type { Keys } from '../shape';

const sums = { earnings: s2, chargingTime: s2, energyConsumed: s2, ordersNb: int } satisfies Keys;
const since = object({ ...sums, date: format('dmy') });

/** Today since midnight, and two rolling windows with the day they begin. */
export const stats = object({ today: object(sums), thisWeek: since, thisMonth: since });

const range = { from: format('ymd'), to: format('ymd'), currency: text } satisfies Keys;

/** Every day of a range, with their sum. */
export const dailyStats = object({
  ...range,
  time_zones: list(format('zone')),
  total: object({ ...sums, co2Saved: number }),
  days: list(object({ ...sums, date: format('ymd'), co2Saved: number })),
});

const ranked = object({ ...sums, id, title: text });

/** The best power centers and the worst ones. */
export const powerCenterRanking = object({ ...range, best: list(ranked), worst: list(ranked) });
