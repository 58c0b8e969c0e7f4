import { type AnsweredProbe, failedBy, minutesByNode, refusalOf, releaseBy } from './judgement';
import { TIME_ZONE_PROBES } from './probes';

const JORDAN = { release: '2022e', zone: 'Asia/Amman', at: '2024-01-01T12:00:00Z', minutes: 180 };
const CANADA = { release: '2026b', zone: 'America/Vancouver', at: '2026-12-01T12:00:00Z', minutes: -420 };
const MOROCCO = { release: '2026c', zone: 'Africa/Casablanca', at: '2026-12-01T12:00:00Z', minutes: 0 };

/** All three with the answers of Node.js and of PostgreSQL to the last two. */
const answered = (node: (number | undefined)[], postgresql: (number | undefined)[]): AnsweredProbe[] =>
  [JORDAN, CANADA, MOROCCO].map((probe, index) => ({
    ...probe,
    answers: { node: [180, ...node][index], postgresql: [180, ...postgresql][index] },
  }));

const [CURRENT, OLD] = [
  [-420, 0],
  [-480, 60],
];
const where = 'the tzdata package of the PostgreSQL server (docs/operations.md, "Time zone data").';

describe('data of both that answers every probe right', () => {
  it('is accepted', () => {
    expect(refusalOf(answered(CURRENT, CURRENT), '2026c', '2026c')).toBeUndefined();
    expect(failedBy('node', answered(CURRENT, CURRENT))).toEqual([]);
  });

  it('is refused by the release that Node.js names, when that is older than accepted', () => {
    expect(refusalOf(answered(CURRENT, CURRENT), '2026b', '2026c')).toBe(
      'The time zone data of Node.js is release 2026b, and the oldest accepted one is 2026c: update Node.js or the files ' +
        'in ICU_TIMEZONE_FILES_DIR (docs/operations.md, "Time zone data").',
    );
  });

  it('is accepted from a Node.js that does not name its release', () => {
    expect(refusalOf(answered(CURRENT, CURRENT), 'unknown', '2026c')).toBeUndefined();
  });
});

describe('sources that disagree', () => {
  it('are refused with zone, both offsets and what to update', () => {
    expect(refusalOf(answered(CURRENT, [-420, 60]), '2026c', '2026c')).toBe(
      'Node.js has +00:00 and PostgreSQL has +01:00 for Africa/Casablanca at 2026-12-01T12:00:00Z, which is +00:00 ' +
        `since release 2026c of the time zone database: update ${where}`,
    );
  });

  it('are refused by the oldest change that one of them lacks', () => {
    expect(refusalOf(answered(OLD, CURRENT), '2025c', '2026c')).toContain(
      'Node.js has -08:00 and PostgreSQL has -07:00',
    );
    expect(refusalOf(answered(OLD, CURRENT), '2025c', '2026c')).toContain('update Node.js or the files');
  });

  it('are accepted in what changed after the oldest accepted release', () => {
    expect(refusalOf(answered(CURRENT, [-420, 60]), '2026c', '2026b')).toBeUndefined();
    expect(refusalOf(answered(OLD, CURRENT), '2025c', '2025b')).toBeUndefined();
    expect(failedBy('node', answered(OLD, CURRENT)).map(({ zone }) => zone)).toEqual([
      'America/Vancouver',
      'Africa/Casablanca',
    ]);
  });
});

describe('sources that agree on what is wrong', () => {
  it('are refused, and both have to be updated', () => {
    expect(refusalOf(answered(OLD, OLD), '2026c', '2026b')).toContain(`ICU_TIMEZONE_FILES_DIR and ${where}`);
  });

  it('are refused for a zone that one does not know', () => {
    expect(refusalOf(answered([undefined, 0], CURRENT), '2026c', '2026c')).toContain('Node.js has unknown');
  });
});

describe('the release of a source by its answers', () => {
  it.each<[string, (number | undefined)[], string]>([
    ['all are right', CURRENT, '2026c'],
    ['the last is wrong', [-420, 60], '2026b'],
    ['an earlier one is wrong', [-480, 0], '2022e'],
  ])('is the newest before the first that is wrong: %s', (_, answers, release) => {
    expect(releaseBy('postgresql', answered(CURRENT, answers))).toBe(release);
  });

  it('is unknown when none is right', () => {
    expect(releaseBy('node', [{ ...JORDAN, answers: { node: 120, postgresql: 180 } }])).toBe('unknown');
  });
});

describe('the probes', () => {
  it('are in the order of their releases, each of a zone that Node.js knows', () => {
    const releases = TIME_ZONE_PROBES.map(({ release }) => release);
    expect(releases).toEqual([...releases].sort());
    expect(TIME_ZONE_PROBES.filter((probe) => minutesByNode(probe) === undefined)).toEqual([]);
  });

  it('are answered right by Node.js up to the release of its data', () => {
    const known = TIME_ZONE_PROBES.filter(({ release }) => release <= (process.versions.tz ?? ''));
    expect(known.length).toBeGreaterThan(3);
    expect(known.map((probe) => minutesByNode(probe))).toEqual(known.map(({ minutes }) => minutes));
  });

  it.each<[string, number | undefined]>([
    ['UTC', 0],
    ['Asia/Kolkata', 330],
    ['America/St_Johns', -210],
    ['Mars/Olympus', undefined],
  ])('are asked of Node.js in minutes: %s', (zone, minutes) => {
    expect(minutesByNode({ zone, at: '2025-01-15T12:00:00Z' })).toBe(minutes);
  });
});
