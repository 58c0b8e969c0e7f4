import type { TimeZoneProbe } from './probes';

export const ZONE_SOURCES = ['node', 'postgresql'] as const;
export type ZoneSource = (typeof ZONE_SOURCES)[number];

/** A probe with the answers of both: minutes ahead of UTC, undefined for a zone that is unknown. */
export interface AnsweredProbe extends TimeZoneProbe {
  readonly answers: Readonly<Record<ZoneSource, number | undefined>>;
}

export const UNKNOWN_RELEASE = 'unknown';

const NAMES: Record<ZoneSource, string> = { node: 'Node.js', postgresql: 'PostgreSQL' };
const UPDATES: Record<ZoneSource, string> = {
  node: 'Node.js or the files in ICU_TIMEZONE_FILES_DIR',
  postgresql: 'the tzdata package of the PostgreSQL server',
};

/** How an answer is changed for the better, for the end of a sentence. */
export const updateOf = (sources: readonly ZoneSource[]): string =>
  `update ${sources.map((source) => UPDATES[source]).join(' and ')} (docs/operations.md, "Time zone data")`;

/** The probes that a source answers wrong. */
export const failedBy = (source: ZoneSource, probes: readonly AnsweredProbe[]): AnsweredProbe[] =>
  probes.filter(({ answers, minutes }) => answers[source] !== minutes);

/** The newest release of the table up to which a source answers all probes right. */
export function releaseBy(source: ZoneSource, probes: readonly AnsweredProbe[]): string {
  const [failed] = failedBy(source, probes);
  const right = probes.filter(({ release }) => !failed || release < failed.release);
  return right.at(-1)?.release ?? UNKNOWN_RELEASE;
}

/** What Node.js says of a zone. */
export function minutesByNode({ zone, at }: Pick<TimeZoneProbe, 'zone' | 'at'>): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(new Date(at)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? [];
    return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  } catch {
    return undefined;
  }
}

/** `+05:30` */
function offset(minutes: number | undefined): string {
  if (minutes === undefined) return 'unknown';
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/**
 * Why a process must not start, in one sentence: a probe of a release up to the oldest accepted one is answered wrong, or
 * Node.js has data of an older release. Changes of later releases are not demanded.
 */
export function refusalOf(
  probes: readonly AnsweredProbe[],
  releaseOfNode: string,
  oldestAccepted: string,
): string | undefined {
  const demanded = probes.filter(({ release }) => release <= oldestAccepted);
  const wrong = ({ answers, minutes }: AnsweredProbe): ZoneSource[] =>
    ZONE_SOURCES.filter((source) => answers[source] !== minutes);
  const first = demanded.find((probe) => wrong(probe).length > 0);
  if (first) {
    const says = ZONE_SOURCES.map((source) => `${NAMES[source]} has ${offset(first.answers[source])}`).join(' and ');
    return (
      `${says} for ${first.zone} at ${first.at}, which is ${offset(first.minutes)} since release ${first.release} ` +
      `of the time zone database: ${updateOf(wrong(first))}.`
    );
  }
  if (releaseOfNode === UNKNOWN_RELEASE || releaseOfNode >= oldestAccepted) return undefined;
  return `The time zone data of Node.js is release ${releaseOfNode}, and the oldest accepted one is ${oldestAccepted}: ${updateOf(['node'])}.`;
}
