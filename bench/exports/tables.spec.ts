import { goalTable, markdown } from './tables';
import { goalsOf, type Measured } from './goals';
import { exportsBenchOptions } from './options';

const taken = (seconds: number, memory = 50) => ({ seconds, memory, bytes: 1_048_576, processor: 1 });
const own = (seconds: number, memory: number) => ({ ...taken(seconds, memory), rows: 1, written: seconds });
const compared = (seconds: number, memory: number) => ({
  own: [own(seconds, memory), own(seconds + 1, memory - 10), own(seconds + 9, memory)],
  rows: [taken(1)],
  floor: [taken(4)],
  exceljs: [taken(10)],
});
const measured: Measured = {
  idle: 90,
  few: 1000,
  many: 100_000,
  orders: 1_000_000,
  first: [{ list: 20, file: 30 }],
  middle: compared(1, 60),
  large: compared(6, 120),
  waits: [{ idle: [1, 2, 3], busy: [2, 4, 9] }],
  small: [{ alone: 100, beside: 300 }],
};

describe('the results of exports', () => {
  it('are medians of the time, and the most of the memory', () => {
    const { table } = goalsOf(measured);
    expect(table[4]).toEqual(['1000000', 'ours, through the gateway', '7.00', '1.0', '120', '1.0']);
  });

  it('say which goals are met', () => {
    const lines = goalTable(goalsOf(measured).goals).split('\n').slice(2);
    expect(lines.map((line) => [/\| ([\d.]+) \| [\d.]+ \| (\S+) \|$/.exec(line)?.slice(1)])).toEqual([
      [['1.75', 'met']],
      [['0.70', '**missed**']],
      [['60.00', 'met']],
      [['120.00', '**missed**']],
      [['1.50', 'met']],
      [['3.00', '**missed**']],
      [['0.30', 'met']],
    ]);
  });

  it('are rows of a table', () => {
    expect(markdown(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  });

  it('are taken of a million rows, three times, unless told otherwise', () => {
    expect(exportsBenchOptions([])).toEqual({ orders: 1_000_000, rounds: 3, write: false });
    expect(exportsBenchOptions(['--orders', '5', '--rounds', '1', '--write'])).toMatchObject({
      orders: 5,
      write: true,
    });
    expect(() => exportsBenchOptions(['--orders', 'many'])).toThrow('--orders is a whole number');
  });
});
