/** Minutes of a day on the clock, whatever the zone does. */
export const DAY_MINUTES = 24 * 60;

const LAST_MINUTE = DAY_MINUTES - 1;

/** The minute of the day of `HH:MM`; seconds may follow and do not count. */
export function minuteOfDay(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The minute at which something that ends at `HH:MM` is over: 23:59 is the end of the day. */
export function closingMinute(time: string): number {
  const minute = minuteOfDay(time);
  return minute === LAST_MINUTE ? DAY_MINUTES : minute;
}

/** `HH:MM` of a minute of the day. */
export function clockText(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
