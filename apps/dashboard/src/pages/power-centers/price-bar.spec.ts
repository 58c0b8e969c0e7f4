import { apiTimeOf, edgeOf, endOf, minutesOf, moveEdge, overlapped, partsOf, strengthOf, timeOf } from './price-bar';
import { minuteOfDay, priceAt } from './price-now';

const range = (id: number, startingTime: string, endingTime: string, price = '20.00') => ({
  id,
  startingTime,
  endingTime,
  price,
});

describe('the bar of prices', () => {
  it('is the base price all day without ranges', () => {
    expect(partsOf('15.50', [])).toEqual([{ from: 0, to: 1440, price: '15.50', range: undefined }]);
  });

  it('has the base price between the ranges, in the order of the day', () => {
    const parts = partsOf('15.50', [range(2, '18:00', '23:59', '30.00'), range(1, '08:00', '09:30')]);
    expect(parts.map(({ from, to, price }) => [timeOf(from), timeOf(to % 1440), price])).toEqual([
      ['00:00', '08:00', '15.50'],
      ['08:00', '09:30', '20.00'],
      ['09:30', '18:00', '15.50'],
      ['18:00', '00:00', '30.00'],
    ]);
    expect(parts.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(1440);
  });

  it('has ranges that touch, from midnight to midnight', () => {
    const parts = partsOf('1.00', [range(1, '00:00', '12:00'), range(2, '12:00', '23:59')]);
    expect(parts.map(({ range: one }) => one?.id)).toEqual([1, 2]);
  });

  it('reads times as the API does: 23:59 is the end of the day', () => {
    expect([minutesOf('09:02'), endOf('23:59'), endOf('23:59:00'), endOf('23:58')]).toEqual([542, 1440, 1440, 1438]);
  });

  it('names the ranges that another one would overlap', () => {
    const ranges = [range(1, '08:00', '10:00'), range(2, '18:00', '23:59')];
    const ids = (from: string, to: string, except?: number) =>
      overlapped(ranges, { startingTime: from, endingTime: to }, except).map(({ id }) => id);
    expect(ids('10:00', '18:00')).toEqual([]);
    expect(ids('09:59', '18:01')).toEqual([1, 2]);
    expect(ids('08:30', '09:00', 1)).toEqual([]);
    expect(ids('', '09:00')).toEqual([]);
  });

  it('is strongest where the price is highest', () => {
    const parts = partsOf('10.00', [range(1, '08:00', '10:00', '30.00')]);
    expect([strengthOf('10.00', parts), strengthOf('30.00', parts), strengthOf('5.00', partsOf('5.00', []))]).toEqual([
      0.25, 1, 0.5,
    ]);
  });

  it('moves the edges of a range by quarters of an hour, and not past each other', () => {
    const one = range(1, '08:00', '10:00');
    const times = (edge: 'startingTime' | 'endingTime', to: number) => {
      const { startingTime, endingTime } = moveEdge(one, edge, to);
      return `${startingTime}-${endingTime}`;
    };
    expect([times('startingTime', 487), times('startingTime', 800), times('startingTime', -30)]).toEqual([
      ...['08:00-10:00', '09:45-10:00', '00:00-10:00'],
    ]);
    expect([times('endingTime', 610), times('endingTime', 100), times('endingTime', 1500)]).toEqual([
      ...['08:00-10:15', '08:00-08:15', '08:00-23:59'],
    ]);
    const short = range(1, '23:50', '23:59');
    expect(edgeOf(moveEdge(short, 'endingTime', 1440), 'endingTime')).toBe(1440);
    expect([apiTimeOf(0), apiTimeOf(1440)]).toEqual(['00:00', '23:59']);
  });

  it('has a price that is in force now, by the clock of the power center', () => {
    const now = new Date('2026-05-12T17:30:00Z');
    expect([minuteOfDay(now, 'Africa/Algiers'), minuteOfDay(now, 'Asia/Kolkata')]).toEqual([18 * 60 + 30, 23 * 60]);
    expect(minuteOfDay(new Date('2026-05-12T23:00:00Z'), 'Africa/Algiers')).toBe(0);
    const ranges = [range(1, '18:00', '23:59', '30.00')];
    expect([18 * 60 - 1, 18 * 60, 1439].map((minute) => priceAt(minute, '15.50', ranges))).toEqual([
      ...['15.50', '30.00', '30.00'],
    ]);
  });
});
