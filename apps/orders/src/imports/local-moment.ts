import { instantOf } from '@open-cpo/contracts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const [year, two] = ['numeric', '2-digit'] as const;
  const parts = { year, month: two, day: two, hour: two, minute: two, second: two } as const;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...parts });
  formats.set(timeZone, made);
  return made;
}

/** What the clock of a zone shows, as if it were UTC. */
function clockAt(instant: number, timeZone: string): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (instant - Math.floor(instant / 1000) * 1000);
}

/** A moment; one without a zone is by the clock of `timeZone`, where an hour that comes twice is the second one. */
export function momentIn(text: string, timeZone: string): Date {
  const instant = instantOf(text);
  if (instant !== undefined) return new Date(instant);
  const clock = new Date(instantOf(`${text}Z`) ?? text).getTime();
  const near = clock - (clockAt(clock, timeZone) - clock);
  return new Date(clock - (clockAt(near, timeZone) - near));
}
