import type { PowerCenter } from './api';
import { Random } from './random';
import type { DemoSession } from './session';

/** What the history of one account is made from. */
export interface Scene {
  readonly accountId: number;
  readonly powerCenters: readonly PowerCenter[];
  readonly cards: readonly { readonly rfid: string; readonly expire_at: string }[];
  /** On an average day. */
  readonly sessionsADay: number;
}

const DAY = 86_400_000;
const HOURS = [1, 1, 1, 1, 1, 2, 4, 8, 10, 9, 8, 8, 9, 8, 8, 9, 11, 14, 15, 12, 8, 5, 3, 2];
/** Sunday first; the weekend of North Africa and the Levant is Friday and Saturday. */
const WEEKDAYS = [1, 1, 1.05, 1.1, 1.25, 0.75, 0.85];
const FEEDBACK = [
  ['5.00', 'Fast and easy, thank you.'],
  ['5.00', 'Right next to the entrance.'],
  ['4.50', 'Good place, a little more light at night would help.'],
  ['4.20', 'شحن سريع ومكان نظيف'],
  ['4.00', 'Works well, the cable is short.'],
  ['3.90', 'The charging cable felt a bit stiff and could be a little longer for easier car positioning.'],
  ['3.50', 'Bonne borne, mais un peu chère.'],
  ['3.00', 'slow charging'],
  ['2.00', 'Somebody without a plug was parked there.'],
  ['1.00', 'Had to try three times before it started.'],
] as const;

/** How likely each of them is. */
const MOODS = [9, 6, 7, 4, 6, 4, 3, 2, 1, 1];

/** Sessions of the days before now, oldest first; the same for the same day, seed and power centers. */
export function history(
  { accountId, powerCenters, cards, sessionsADay }: Scene,
  days: number,
  now: Date,
): DemoSession[] {
  const random = new Random(1000 + accountId);
  const usable = powerCenters.filter(({ configured, connectors }) => configured === 1 && connectors.length > 0);
  if (usable.length === 0) return [];
  const weights = usable.map(() => random.between(0.3, 2));
  const midnight = Math.floor(now.getTime() / DAY) * DAY;
  const sessions: DemoSession[] = [];
  for (let day = days; day >= 0; day -= 1) {
    const date = new Date(midnight - day * DAY);
    // Business grows a little from week to week.
    const busy = (WEEKDAYS[date.getUTCDay()] ?? 1) * (1.2 - (0.4 * day) / days);
    const count = Math.round(sessionsADay * busy * random.between(0.8, 1.2));
    for (let index = 0; index < count; index += 1) {
      const powerCenter = usable[random.weighted(weights)] ?? random.of(usable);
      sessions.push(oneSession(random, powerCenter, date, cards, `demo-${accountId}-${dayName(date)}-${index}`));
    }
  }
  return sessions.filter(endsBefore(now)).sort((a, b) => a.begin.getTime() - b.begin.getTime());
}

const dayName = (date: Date): string => date.toISOString().slice(0, 10);

const endsBefore = (now: Date) => (session: DemoSession) =>
  session.begin.getTime() + (session.minutes + 1) * 60_000 < now.getTime();

function oneSession(
  random: Random,
  { token, connectors }: PowerCenter,
  date: Date,
  cards: Scene['cards'],
  id: string,
): DemoSession {
  const connector = random.of(connectors);
  const begin = new Date(date.getTime() + random.weighted(HOURS) * 3_600_000 + random.whole(0, 3_599_999));
  const power = connector.max_power || 7.4;
  const minutes = power > 40 ? random.between(12, 55) : random.between(25, 190);
  const valid = cards.filter(({ expire_at }) => expire_at >= dayName(date));
  const cash = valid.length > 0 && random.chance(0.08);
  const mood = FEEDBACK[random.weighted(MOODS)] ?? FEEDBACK[0];
  const [rating, message] = mood;
  return {
    id,
    token,
    connector: connector.number,
    driver: cash ? null : 1000 + random.whole(1, 140),
    rfid: cash ? random.of(valid).rfid : null,
    begin,
    minutes: Math.round(minutes * 100) / 100,
    kilowatts: Math.min(power, 120) * random.between(0.45, 0.85),
    requested: String(random.whole(1, 6) * 10),
    ...(random.chance(0.22) ? { feedback: { rating, message, minutesLater: random.between(1, 300) } } : {}),
  };
}
