import Big from 'big.js';
import { measure } from './energy';
import { deliverableAt, judgeEnd, judgeStart, type PlausibilityLimits } from './plausibility';

const LIMITS: PlausibilityLimits = {
  sessionMaxAgeDays: 1000,
  sessionMaxDaysBeforePowerCenter: 100,
  sessionMaxFutureMinutes: 10,
  sessionMaxHours: 168,
  sessionPowerMargin: 1.5,
  sessionDefaultPowerKw: 500,
};
const BEGIN = new Date('2026-11-20T10:00:00Z');
const NOW = new Date('2026-11-29T10:00:00Z');
const at = (minutes: number): Date => new Date(BEGIN.getTime() + minutes * 60_000);
const deliverable = deliverableAt(43, LIMITS);

/** Minutes and registers of an hour of charging. */
const meter = (startWh: number | null, readings: readonly [number, number][], endWh: number | null) => {
  const found = measure(
    {
      startedAt: BEGIN,
      endedAt: at(60),
      startWh: startWh === null ? null : String(startWh),
      endWh: endWh === null ? null : String(endWh),
      readings: readings.map(([minute, wh]) => ({ at: at(minute), wh: String(wh) })),
    },
    deliverable,
  );
  return { energy: found.energy === null ? null : found.energy.toNumber(), flags: [...found.flags].sort() };
};

describe('the energy of a session', () => {
  it.each([
    ['all is well', 1000, [[30, 5000]], 9000, 8000, []],
    ['there is no register at the beginning', null, [[30, 7_783_903]], 7_793_903, 10_000, ['start_register_unknown']],
    ['there is no register at the end', 1000, [[30, 5000]], null, 4000, ['end_register_rejected']],
    ['the last register is 0', 1_000_000, [[54, 1_009_000]], 0, 9000, ['end_register_rejected', 'meter_restarted']],
    ['the last register is low', 1000, [[30, 6000]], 3000, 5000, ['end_register_rejected', 'meter_restarted']],
    [
      'the last reading is low',
      1000,
      [
        [30, 41_000],
        [45, 200],
      ],
      null,
      40_000,
      ['end_register_rejected', 'meter_restarted'],
    ],
    [
      'the meter restarted',
      1_000_000,
      [
        [30, 1_009_000],
        [36, 500],
      ],
      8000,
      16_500,
      ['meter_restarted'],
    ],
    [
      'a restarted meter overtook',
      0,
      [
        [10, 4600],
        [20, 900],
      ],
      8300,
      12_000,
      ['meter_restarted'],
    ],
    [
      'one reading was misread',
      1000,
      [
        [10, 5000],
        [20, 0],
        [30, 13_000],
      ],
      20_000,
      19_000,
      ['reading_rejected'],
    ],
    [
      'one reading was far too high',
      1000,
      [
        [10, 5000],
        [20, 99_999_999],
        [30, 9000],
      ],
      12_000,
      11_000,
      ['reading_rejected'],
    ],
    ['the meter rolled over', 999_000, [], 3000, 4000, ['meter_rolled_over']],
    ['the meter rolled over at 32 bits', 4_294_966_000, [], 5000, 6296, ['meter_rolled_over']],
    [
      'readings count from the start',
      4_076_000,
      [
        [15, 6000],
        [30, 12_000],
      ],
      4_106_000,
      30_000,
      ['meter_relative'],
    ],
    [
      'all but the first count from the start',
      4_076_000,
      [
        [15, 6000],
        [30, 12_000],
      ],
      20_000,
      20_000,
      ['meter_relative'],
    ],
    [
      'a reading is from before',
      0,
      [
        [-1, 5000],
        [30, 2000],
      ],
      4000,
      4000,
      [],
    ],
  ] as const)('where %s', (_, start, readings, end, energy, flags) => {
    expect(meter(start, readings as never, end)).toEqual({ energy, flags });
  });

  it.each([
    ['only the last register is known', null, [], 10_000],
    ['only one reading is known', null, [[30, 700]], null],
    ['only the first register is known', 1000, [], null],
    ['the last register is below the first', 5000, [], 1000],
    ['the only reading is from before', 0, [[-1, 5000]], null],
  ] as const)('is unknown, not nothing, where %s', (_, start, readings, end) => {
    expect(meter(start, readings as never, end).energy).toBeNull();
  });
});

it('where the register of the beginning is unknown, nothing flows before the first reading', () => {
  const readings = [20, 40].map((minute) => ({ at: at(minute), wh: String(minute * 100) }));
  const { values } = measure(
    { startedAt: BEGIN, endedAt: at(60), startWh: null, endWh: '6000', readings },
    deliverable,
  );
  expect(values.map(({ at: read, wh }) => [read, wh.toNumber()])).toEqual([
    [at(20), 0],
    [at(40), 2000],
  ]);
});

describe('the work of measuring', () => {
  const READINGS = 2000;
  it.each([
    ['counts down', (n: number) => READINGS - n],
    ['jumps up and down', (n: number) => n + (n % 2) * 1_000_000],
    ['restarts again and again', (n: number) => (READINGS - n) * 10 + (n % 5)],
  ])('grows with the readings, and not with their square, where a meter %s', (_, wh) => {
    const compared = jest.spyOn(Big.prototype, 'cmp');
    meter(
      0,
      Array.from({ length: READINGS }, (__, n) => [(60 * (n + 1)) / (READINGS + 2), wh(n)]),
      null,
    );
    const comparisons = compared.mock.calls.length;
    compared.mockRestore();
    expect(comparisons).toBeGreaterThan(READINGS);
    expect(comparisons).toBeLessThan(50 * READINGS);
  });
});

describe('what a connector delivers in an hour', () => {
  it.each([
    [43, 65_500],
    [3.7, 17_500],
    [0, 751_000],
    [null, 751_000],
  ])('of %p kW is at most %p Wh', (power, wh) => {
    expect(deliverableAt(power, LIMITS)(3_600_000).toNumber()).toBe(wh);
  });
});

describe('a beginning', () => {
  const judged = (
    startedAt: string,
    powerCenterSince: string | null = '2026-11-28T00:00:00Z',
    history = false,
    powerCenterUntil: Date | null = null,
  ) =>
    judgeStart(
      {
        startedAt: new Date(startedAt),
        powerCenterSince: powerCenterSince ? new Date(powerCenterSince) : null,
        powerCenterUntil,
        history,
      },
      LIMITS,
      NOW,
    );

  it('is plausible now, and some weeks before its power center was made', () => {
    expect(judged('2026-11-29T10:09:00Z')).toEqual([]);
    expect(judged('2026-09-01T10:00:00Z')).toEqual([]);
  });

  it('is not plausible in the future, of another age, or before its power center', () => {
    expect(judged('2026-11-29T10:11:00Z')).toEqual(['start_in_future']);
    expect(judged('1970-01-01T00:00:12Z')).toEqual(['start_too_old', 'start_before_power_center']);
    expect(judged('2026-08-01T10:00:00Z')).toEqual(['start_before_power_center']);
    expect(judged('2026-08-01T10:00:00Z', null)).toEqual([]);
  });

  it('is not plausible after its power center was removed, but for the difference of clocks', () => {
    const removed = new Date('2026-11-29T09:00:00Z');
    expect(judged('2026-11-29T09:10:00Z', undefined, false, removed)).toEqual([]);
    expect(judged('2026-11-29T09:10:01Z', undefined, false, removed)).toEqual(['start_after_removal']);
    expect(judged('2026-11-29T09:10:01Z', undefined, true, removed)).toEqual(['start_after_removal']);
  });

  it('of history that was settled elsewhere may be of any age', () => {
    expect(judged('2014-11-18T10:00:00Z', undefined, true)).toEqual([]);
    expect(judged('2099-11-18T10:00:00Z', undefined, true)).toEqual(['start_in_future']);
  });
});

describe('an end', () => {
  const judged = (more: Partial<Parameters<typeof judgeEnd>[0]> = {}) =>
    judgeEnd(
      {
        startedAt: BEGIN,
        endedAt: at(60),
        silent: false,
        measured: true,
        energy: new Big(10_000),
        soldByEnergy: true,
        ...more,
      },
      deliverable,
      LIMITS,
      NOW,
    );

  it.each([
    ['nothing', {}, []],
    ['the future', { endedAt: new Date('2099-01-01T00:00:00Z') }, ['end_in_future', 'session_too_long']],
    ['a week and an hour', { endedAt: at(169 * 60) }, ['session_too_long']],
    ['clocks that differ a little', { endedAt: at(-1), energy: new Big(0) }, []],
    ['an end before the beginning', { endedAt: at(-30), energy: new Big(0) }, ['end_before_start']],
    ['silence after readings', { silent: true }, ['ended_by_silence']],
    ['an assumed end', { assumed: true }, ['end_assumed']],
    ['silence without a reading', { silent: true, measured: false, energy: null }, ['end_unknown', 'energy_unknown']],
    ['unknown energy that is sold', { energy: null }, ['energy_unknown']],
    ['unknown energy that is not sold', { energy: null, soldByEnergy: false }, ['energy_not_measured']],
    ['more energy than the connector delivers', { energy: new Big(70_000) }, ['energy_too_high']],
  ] as const)('with %s', (_, more, flags) => {
    expect(judged(more)).toEqual(flags);
  });
});
