const MOMENT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const DAY = 86_400_000;
const SECONDS = 86_400;
/** Days from the spreadsheets' first day to 1970. */
const EPOCH = 25_569;
/** A day of 1900 that never was lies before it: the two ways of counting agree from here on. */
const FIRST_DAY = 61;

/** Days by their date: the rows of an export are of few of them. */
const days = new Map<string, number>();
const MOST_DAYS = 10_000;
/** Parts of a day as text, a tenth of a millisecond at worst beside the truth; there are as many as seconds. */
const clocks: (string | undefined)[] = [];

function dayOf(date: string): number {
  const known = days.get(date);
  if (known !== undefined) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const day = Date.parse(`${date}T00:00:00Z`) / DAY + EPOCH;
  days.set(date, day);
  return day;
}

const two = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;

/** Days since the spreadsheets' first day, as text; undefined for what is no moment of theirs. */
export function momentNumber(text: string): string | undefined {
  if (!MOMENT.test(text)) return undefined;
  const day = dayOf(text.slice(0, 10));
  const clock = two(text, 11) * 3600 + two(text, 14) * 60 + two(text, 17);
  if (!(day >= FIRST_DAY) || clock >= SECONDS) return undefined;
  return `${day}${(clocks[clock] ??= partOfDay(clock))}`;
}

const partOfDay = (clock: number): string => (clock === 0 ? '' : (clock / SECONDS).toFixed(10).slice(1));
