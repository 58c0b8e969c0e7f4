import {
  daysOf,
  halvesOf,
  monthBefore,
  type Ranked,
  rangeOf,
  saved,
  type SoldOnDay,
  span,
  statsOf,
} from './stats.rules';

const NOON = new Date('2025-05-12T12:00:00Z');
const sold = (day: string, more: Partial<SoldOnDay> = {}): SoldOnDay => ({
  time_zone: 'Africa/Algiers',
  day,
  orders: 1,
  minutes: '10.0000',
  energy: '1.5000',
  earnings_usd: '1.00000000',
  own_usd: '0',
  own_amount: '0',
  ...more,
});
const numbers = (rows: SoldOnDay[], now = NOON, zone = 'Africa/Algiers') => {
  const { today, thisWeek, thisMonth } = statsOf(rows, '1', zone, now);
  return [today.ordersNb, thisWeek.ordersNb, thisMonth.ordersNb];
};

describe('the windows of stats', () => {
  it('are as the reference recorded them on 12 May 2025', () => {
    const none = { earnings: '0.00', chargingTime: '0.00', energyConsumed: '0.00', ordersNb: 0 };
    expect(statsOf([], '136.209406', 'Africa/Algiers', NOON)).toEqual({
      today: none,
      thisWeek: { ...none, date: '05-05-2025' },
      thisMonth: { ...none, date: '12-04-2025' },
    });
  });

  it.each([
    ['2025-05-12', [1, 1, 1]],
    ['2025-05-11', [0, 1, 1]],
    ['2025-05-05', [0, 1, 1]],
    ['2025-05-04', [0, 0, 1]],
    ['2025-04-12', [0, 0, 1]],
    ['2025-04-11', [0, 0, 0]],
    ['2025-05-13', [0, 0, 0]],
  ])('%s is in %j of them', (day, expected) => {
    expect(numbers([sold(day)])).toEqual(expected);
  });

  it('add up, in the viewer’s currency and with two decimals', () => {
    const rows = [sold('2025-05-12'), sold('2025-05-12', { minutes: '0.0050', energy: '0.0049' }), sold('2025-05-06')];
    const { today, thisWeek } = statsOf(rows, '136.209406', 'Africa/Algiers', NOON);
    expect(today).toEqual({ earnings: '272.42', chargingTime: '10.01', energyConsumed: '1.50', ordersNb: 2 });
    expect(thisWeek).toMatchObject({ earnings: '408.63', chargingTime: '20.01', ordersNb: 3 });
  });

  it('count what was settled in the viewer’s currency at the rates of its orders', () => {
    const rows = [sold('2025-05-12', { own_usd: '1', own_amount: '9.2' }), sold('2025-05-11')];
    expect(statsOf(rows, '12', 'Africa/Algiers', NOON).thisWeek.earnings).toBe('21.20');
  });

  it('go by each power center’s own calendar', () => {
    const evening = new Date('2025-05-12T22:30:00Z');
    const rows = [sold('2025-05-13', { time_zone: 'Asia/Dubai' }), sold('2025-05-12')];
    expect(numbers(rows, evening)).toEqual([2, 2, 2]);
    expect(numbers(rows, new Date('2025-05-12T19:00:00Z'))).toEqual([1, 1, 1]);
    expect(statsOf([], '1', 'Asia/Dubai', evening).thisWeek.date).toBe('06-05-2025');
  });

  it('ask for every day that any calendar can mean', () => {
    expect(span(NOON)).toEqual(['2025-04-11', '2025-05-13']);
    const leap = new Date('2024-03-31T00:30:00Z');
    const [from, to] = span(leap);
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const { date } = statsOf([], '1', zone, leap).thisMonth;
      expect(date.split('-').reverse().join('-') >= from).toBe(true);
    }
    expect(to).toBe('2024-04-01');
  });
});

describe('the days of a request', () => {
  const TODAY = '2025-05-12';

  it.each([
    [{}, ['2025-04-29', TODAY]],
    [{ from: null, to: null }, ['2025-04-29', TODAY]],
    [{ to: '2025-03-01' }, ['2025-02-16', '2025-03-01']],
    [{ days: 2 }, ['2025-05-11', TODAY]],
    [{ from: '2025-05-12' }, [TODAY, TODAY]],
    [{ from: '2025-02-10' }, ['2025-02-10', TODAY]],
  ])('of %j are %j', (asked, days) => expect(rangeOf(asked, TODAY)).toEqual(days));

  it.each([
    [{ from: '2025-05-13' }, ['to']],
    [{ from: '2025-05-02', to: '2025-05-01' }, ['to']],
    [{ from: '2025-02-09' }, ['from']],
    [{ from: '2025-05-01', days: 3 }, ['days']],
    [{ from: '0001-01-01', to: '9999-12-31' }, ['from', 'to']],
    [{ to: '9999-12-31' }, ['from', 'to']],
    [{ to: '0001-01-05' }, ['from', 'to']],
  ])('of %j are refused', (asked, fields) => {
    const refusal = (): unknown => {
      try {
        return rangeOf(asked, TODAY);
      } catch (error) {
        return error;
      }
    };
    expect(refusal()).toMatchObject({ code: 'validation_failed' });
    expect(Object.keys((refusal() as { fields: object }).fields)).toEqual(fields);
  });

  it('are all there, each with its sums in the viewer’s currency', () => {
    const rows = [
      sold('2024-02-29', { own_usd: '1', own_amount: '9.2', energy: '40' }),
      sold('2024-02-29', { time_zone: 'Asia/Dubai' }),
    ];
    const none = { earnings: '0.00', chargingTime: '0.00', energyConsumed: '0.00', ordersNb: 0, co2Saved: 0 };
    expect(daysOf(rows, '12', ['2024-02-28', '2024-03-01'], 0.0003)).toEqual([
      { ...none, date: '2024-02-28' },
      {
        date: '2024-02-29',
        earnings: '21.20',
        chargingTime: '20.00',
        energyConsumed: '41.50',
        ordersNb: 2,
        co2Saved: 0.012,
      },
      { ...none, date: '2024-03-01' },
    ]);
  });
});

describe('a ranking', () => {
  const ranked = (place: number, total: number): Ranked => {
    const { time_zone: _, day: __, ...amounts } = sold('2025-05-12');
    return { ...amounts, id: place, title: `No. ${place}`, place, total };
  };
  const halves = (total: number) => {
    const rows = Array.from({ length: total }, (_, index) => ranked(index + 1, total));
    const { best, worst } = halvesOf(rows, '2');
    return [best.map(({ id }) => id), worst.map(({ id }) => id)];
  };

  it('has none in both lists, and the worst one first', () => {
    expect(halves(0)).toEqual([[], []]);
    expect(halves(1)).toEqual([[1], []]);
    expect(halves(4)).toEqual([
      [1, 2],
      [4, 3],
    ]);
    expect(halves(5)).toEqual([
      [1, 2, 3],
      [5, 4],
    ]);
  });

  it('shows amounts in the viewer’s currency', () => {
    expect(halvesOf([ranked(1, 1)], '2').best).toEqual([
      { id: 1, title: 'No. 1', earnings: '2.00', chargingTime: '10.00', energyConsumed: '1.50', ordersNb: 1 },
    ]);
  });
});

describe('a month before', () => {
  it.each([
    ['2025-05-12', '2025-04-12'],
    ['2025-03-31', '2025-02-28'],
    ['2024-03-30', '2024-02-29'],
    ['2025-01-15', '2024-12-15'],
    ['2025-12-31', '2025-11-30'],
  ])('%s is %s', (day, before) => expect(monthBefore(day)).toBe(before));
});

describe('what was saved', () => {
  it.each([
    ['0', 0.0003, 0],
    ['115373.3333', 0.0003, 34.612],
    ['1.6666', 0.0003, 0.0],
    ['1.6667', 0.0003, 0.001],
    ['103098', 0.000509, 52.477],
    ['1000', 0, 0],
  ])('by %s kWh at %d tonnes each is %d tonnes', (energy, factor, tonnes) => {
    expect(saved(energy, factor)).toBe(tonnes);
  });
});
