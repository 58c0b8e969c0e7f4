import { endOf, minutesOf, overlapped, partsOf, strengthOf, timeOf } from './price-bar';

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
});
