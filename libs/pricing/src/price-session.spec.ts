import { priceSession } from './price-session';
import type { PriceRange, Session } from './session';

const range = (id: number, price: string, starting: string, ending: string): PriceRange => ({
  id,
  price,
  starting,
  ending,
});

const DAY = range(1, '3', '08:00', '20:00');
const EVENING = range(2, '5', '20:00', '23:59');
const NIGHT = range(3, '1.5', '00:00', '06:00');

const session = (from: string, to: string, more: Partial<Session> = {}): Session => ({
  startedAt: new Date(from),
  endedAt: new Date(to),
  energyWh: '0',
  unit: 'minutes',
  timeZone: 'UTC',
  basePrice: '2',
  ranges: [],
  ...more,
});

/** `range quantity×price=total starting-ending`, as one would write it on paper. */
const onPaper = (input: Session): string[] =>
  priceSession(input).slices.map(
    ({ rangeId, quantity, price, total, startingTime, endingTime }) =>
      `${rangeId ?? 'base'} ${Number(quantity)}×${price}=${total} ${startingTime}-${endingTime}`,
  );

describe('a session by the minute', () => {
  it('costs whole minutes, as the reference’s does (L1069)', () => {
    const { quantity, total } = priceSession(session('2025-05-12T10:00:00Z', '2025-05-12T10:51:46.200Z'));
    expect({ quantity, total }).toEqual({ quantity: '51.0000', total: '102' });
  });

  it.each<[string, string, string, PriceRange[], string[]]>([
    ['without ranges', '10:00:00', '11:00:00', [], ['base 60×2=120 10:00-11:00']],
    ['within a range', '10:00:00', '11:00:00', [DAY], ['1 60×3=180 10:00-11:00']],
    ['into a range', '07:50:00', '08:10:00', [DAY], ['base 10×2=20 07:50-08:00', '1 10×3=30 08:00-08:10']],
    ['out of a range', '19:50:00', '20:05:00', [DAY], ['1 10×3=30 19:50-20:00', 'base 5×2=10 20:00-20:05']],
    [
      'from one range into the next',
      '19:50:00',
      '20:10:00',
      [DAY, EVENING],
      ['1 10×3=30 19:50-20:00', '2 10×5=50 20:00-20:10'],
    ],
    ['that begins as a range does', '08:00:00', '08:01:00', [DAY], ['1 1×3=3 08:00-08:01']],
    ['that ends as a range begins', '07:59:00', '08:00:00', [DAY], ['base 1×2=2 07:59-08:00']],
    ['that begins as a range ends', '20:00:00', '20:01:00', [DAY], ['base 1×2=2 20:00-20:01']],
    ['in the last minute of the day', '23:59:00', '23:59:59', [EVENING], ['2 0×5=0 23:59-23:59']],
    ['less than a minute long', '10:00:10', '10:01:09', [DAY], ['1 0×3=0 10:00-10:01']],
    ['whose minute is cut in two', '07:59:30', '08:00:30', [DAY], ['1 1×3=3 08:00-08:00']],
    [
      'whose halves of minutes add up',
      '07:58:30',
      '08:01:30',
      [DAY],
      ['base 1×2=2 07:58-08:00', '1 2×3=6 08:00-08:01'],
    ],
    ['of less than a minute after midnight', '00:00:00', '00:00:45', [NIGHT], ['3 0×1.5=0 00:00-00:00']],
    ['of no time', '10:00:00', '10:00:00', [DAY], ['1 0×3=0 10:00-10:00']],
    ['that ends before it begins', '10:00:00', '09:00:00', [DAY], ['1 0×3=0 10:00-10:00']],
  ])('%s', (_, from, to, ranges, slices) => {
    expect(onPaper(session(`2025-05-12T${from}Z`, `2025-05-12T${to}Z`, { ranges }))).toEqual(slices);
  });

  it('is cut exactly: half of a unit is rounded up however the time divides', () => {
    const late = range(4, '0.4', '18:00', '23:59');
    const input = { unit: 'energy', energyWh: '9000', basePrice: '0.25', ranges: [late] } as const;
    const { slices, quantity } = priceSession(session('2018-05-23T23:07:00Z', '2018-05-24T00:43:00Z', input));
    expect(slices.map((slice) => slice.quantity)).toEqual(['4.9688', '4.0312']);
    expect(quantity).toBe('9.0000');
  });

  it('over midnight has the evening’s price until the end of the day and the night’s from then on', () => {
    const over = session('2025-05-12T23:30:00Z', '2025-05-13T00:20:00Z', { ranges: [EVENING, NIGHT] });
    expect(onPaper(over)).toEqual(['2 30×5=150 23:30-23:59', '3 20×1.5=30 00:00-00:20']);
    expect(priceSession(over).total).toBe('180');
  });

  it('over midnight at the base price is one slice', () => {
    const over = session('2025-05-12T23:30:00Z', '2025-05-13T00:20:00Z', { ranges: [DAY] });
    expect(onPaper(over)).toEqual(['base 50×2=100 23:30-00:20']);
  });

  it('over a whole day comes to every range again', () => {
    const days = session('2025-05-12T12:00:00Z', '2025-05-13T12:00:00Z', { ranges: [DAY] });
    expect(onPaper(days)).toEqual([
      '1 480×3=1440 12:00-20:00',
      'base 720×2=1440 20:00-08:00',
      '1 240×3=720 08:00-12:00',
    ]);
  });

  it('goes by the power center’s clock, not by ours', () => {
    const kolkata = session('2025-05-12T02:20:00Z', '2025-05-12T02:40:00Z', {
      ranges: [DAY],
      timeZone: 'Asia/Kolkata',
    });
    expect(onPaper(kolkata)).toEqual(['base 10×2=20 07:50-08:00', '1 10×3=30 08:00-08:10']);
  });

  it('at no price costs nothing', () => {
    expect(priceSession(session('2025-05-12T10:00:00Z', '2025-05-12T11:00:00Z', { basePrice: '0' })).total).toBe('0');
  });

  it('keeps eight decimals of a price', () => {
    const fine = session('2025-05-12T10:00:00Z', '2025-05-12T10:07:00Z', { basePrice: '1.89623327' });
    expect(priceSession(fine).total).toBe('13.27363289');
  });

  it('is not priced in a zone that nobody knows', () => {
    expect(() =>
      priceSession(session('2025-05-12T10:00:00Z', '2025-05-12T10:07:00Z', { timeZone: 'Mars/Base' })),
    ).toThrow(RangeError);
  });
});

describe('a session in the night when clocks change', () => {
  const berlin = (from: string, to: string, ...ranges: PriceRange[]) =>
    onPaper(session(from, to, { timeZone: 'Europe/Berlin', ranges }));
  const spring = ['2025-03-30T00:30:00Z', '2025-03-30T01:30:00Z'] as const;
  const autumn = ['2025-10-26T00:00:00Z', '2025-10-26T02:00:00Z'] as const;

  it('does not pay for the hour that is left out', () => {
    expect(berlin(...spring, range(1, '9', '02:00', '03:00'))).toEqual(['base 60×2=120 01:30-03:30']);
  });

  it('leaves a range that ends in that hour when the clock is put forward', () => {
    expect(berlin(...spring, range(1, '3', '01:00', '02:30'))).toEqual([
      '1 30×3=90 01:30-03:00',
      'base 30×2=60 03:00-03:30',
    ]);
  });

  it('is in a range that begins in that hour when the clock is put forward', () => {
    expect(berlin(...spring, range(1, '3', '02:30', '04:00'))).toEqual([
      'base 30×2=60 01:30-03:00',
      '1 30×3=90 03:00-03:30',
    ]);
  });

  it('pays twice for the hour that comes twice', () => {
    expect(berlin(...autumn, range(1, '3', '02:00', '03:00'))).toEqual(['1 120×3=360 02:00-03:00']);
  });

  it('comes into a range again when the clock is put back', () => {
    expect(berlin(...autumn, range(1, '3', '02:00', '02:30'))).toEqual([
      '1 30×3=90 02:00-02:30',
      'base 30×2=60 02:30-02:00',
      '1 30×3=90 02:00-02:30',
      'base 30×2=60 02:30-03:00',
    ]);
  });

  it('at midnight in Havana begins the day at one', () => {
    const havana = session('2025-03-09T04:30:00Z', '2025-03-09T05:30:00Z', {
      timeZone: 'America/Havana',
      ranges: [EVENING, range(3, '1', '00:00', '01:00'), range(4, '4', '01:00', '02:00')],
    });
    expect(onPaper(havana)).toEqual(['2 30×5=150 23:30-01:00', '4 30×4=120 01:00-01:30']);
  });

  it('by half an hour on Lord Howe', () => {
    const island = session('2025-10-04T15:00:00Z', '2025-10-04T16:00:00Z', {
      timeZone: 'Australia/Lord_Howe',
      ranges: [range(1, '3', '02:00', '03:00')],
    });
    expect(onPaper(island)).toEqual(['base 30×2=60 01:30-02:30', '1 30×3=90 02:30-03:00']);
  });
});

describe('a session by energy', () => {
  const hour = (more: Partial<Session> = {}) =>
    session('2025-05-12T07:30:00Z', '2025-05-12T08:30:00Z', {
      unit: 'energy',
      energyWh: '6000',
      ranges: [DAY],
      ...more,
    });
  const at = (time: string, energyWh: string) => ({ at: new Date(`2025-05-12T${time}Z`), energyWh });

  it('flows evenly when the meter said nothing on the way', () => {
    expect(onPaper(hour())).toEqual(['base 3×2=6 07:30-08:00', '1 3×3=9 08:00-08:30']);
  });

  it.each<[string, [string, string][], string[]]>([
    ['a reading at the boundary', [['08:00:00', '5000']], ['base 5×2=10 07:30-08:00', '1 1×3=3 08:00-08:30']],
    [
      'readings around the boundary',
      [
        ['08:10:00', '4000'],
        ['07:50:00', '1000'],
      ],
      ['base 2.5×2=5 07:30-08:00', '1 3.5×3=10.5 08:00-08:30'],
    ],
    [
      'a meter that went back',
      [
        ['07:40:00', '4000'],
        ['08:00:00', '100'],
      ],
      ['base 4×2=8 07:30-08:00', '1 2×3=6 08:00-08:30'],
    ],
    ['more than in the end', [['08:00:00', '9000']], ['base 6×2=12 07:30-08:00']],
    [
      'readings outside of the session',
      [
        ['07:00:00', '5000'],
        ['09:00:00', '5000'],
      ],
      ['base 3×2=6 07:30-08:00', '1 3×3=9 08:00-08:30'],
    ],
    [
      'two readings at once',
      [
        ['08:00:00', '1000'],
        ['08:00:00', '2000'],
      ],
      ['base 2×2=4 07:30-08:00', '1 4×3=12 08:00-08:30'],
    ],
  ])('is cut by what the meter said: %s', (_, said, slices) => {
    expect(onPaper(hour({ meterValues: said.map(([time, wh]) => at(time, wh)) }))).toEqual(slices);
  });

  it('rounds to a ten-thousandth of a kilowatt-hour, and loses nothing', () => {
    const { quantity, slices } = priceSession(hour({ energyWh: '1000.05', basePrice: '1' }));
    expect(quantity).toBe('1.0001');
    expect(slices.map((one) => one.quantity)).toEqual(['0.5000', '0.5001']);
  });

  it('in which nothing flowed tells the price at its beginning', () => {
    expect(onPaper(hour({ energyWh: '0' }))).toEqual(['base 0×2=0 07:30-08:00']);
  });

  it('of no time has the price of its moment', () => {
    const moment = session('2025-05-12T08:30:00Z', '2025-05-12T08:30:00Z', {
      unit: 'energy',
      energyWh: '500',
      ranges: [DAY],
    });
    expect(onPaper(moment)).toEqual(['1 0.5×3=1.5 08:30-08:30']);
  });
});

describe('a session with a limit', () => {
  const hours = (more: Partial<Session>) =>
    onPaper(session('2025-05-12T07:00:00Z', '2025-05-12T09:00:00Z', { energyWh: '8000', ranges: [DAY], ...more }));

  it.each<[string, Partial<Session>, string[]]>([
    [
      'of 0 minutes, which is none',
      { limit: { type: 'minutes', value: 0 } },
      ['base 60×2=120 07:00-08:00', '1 60×3=180 08:00-09:00'],
    ],
    [
      'that it does not reach',
      { limit: { type: 'minutes', value: 500 } },
      ['base 60×2=120 07:00-08:00', '1 60×3=180 08:00-09:00'],
    ],
    ['of minutes', { limit: { type: 'minutes', value: '90' } }, ['base 60×2=120 07:00-08:00', '1 30×3=90 08:00-08:30']],
    ['at a boundary', { limit: { type: 'minutes', value: 60 } }, ['base 60×2=120 07:00-08:00']],
    [
      'of energy',
      { unit: 'energy', limit: { type: 'energy', value: 5 } },
      ['base 4×2=8 07:00-08:00', '1 1×3=3 08:00-08:15'],
    ],
    [
      'of energy, by the minute',
      { limit: { type: 'energy', value: '5' } },
      ['base 60×2=120 07:00-08:00', '1 15×3=45 08:00-08:15'],
    ],
    ['of minutes, by energy', { unit: 'energy', limit: { type: 'minutes', value: 30 } }, ['base 2×2=4 07:00-07:30']],
    [
      'of energy that it does not reach',
      { unit: 'energy', limit: { type: 'energy', value: 8 } },
      ['base 4×2=8 07:00-08:00', '1 4×3=12 08:00-09:00'],
    ],
  ])('%s', (_, more, slices) => {
    expect(hours(more)).toEqual(slices);
  });
});
