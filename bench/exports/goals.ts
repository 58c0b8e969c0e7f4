import type { Taken } from './compared';
import { median, percentile } from '../measure/statistics';
import type { Goal } from './tables';
import type { Export } from './rounds';

interface Compared {
  readonly own: readonly Export[];
  readonly rows: Taken[];
  readonly floor: Taken[];
  readonly exceljs: Taken[];
}

/** Everything that one run has measured. */
export interface Measured {
  /** MB that the worker has before its first export. */
  readonly idle: number;
  readonly few: number;
  readonly many: number;
  readonly orders: number;
  readonly first: readonly { list: number; file: number }[];
  readonly middle: Compared;
  readonly large: Compared;
  readonly waits: readonly { idle: readonly number[]; busy: readonly number[] }[];
  readonly small: readonly { alone: number; beside: number }[];
}

const MB = 1024 * 1024;
const secondsOf = (all: readonly Taken[]): number => median(all.map(({ seconds }) => seconds));
const memoryOf = (all: readonly Taken[]): number => Math.max(...all.map(({ memory }) => memory));
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const s = (value: number): string => `${value.toFixed(2)} s`;

function rowsOf(rows: number, { own, rows: alone, floor, exceljs }: Compared): string[][] {
  const named: [string, readonly Taken[]][] = [
    ['ours, through the gateway', own],
    ['rows alone', alone],
    ['floor', floor],
    ['exceljs', exceljs],
  ];
  return named.map(([name, all]) => [
    String(rows),
    name,
    secondsOf(all).toFixed(2),
    median(all.map(({ processor }) => processor)).toFixed(1),
    memoryOf(all).toFixed(0),
    (median(all.map(({ bytes }) => bytes)) / MB).toFixed(1),
  ]);
}

/** The results as rows of a table, and what was promised beside what was found. */
export function goalsOf(measured: Measured): { table: string[][]; goals: Goal[] } {
  const { many, orders, middle, large } = measured;
  const table = [...rowsOf(many, middle), ...rowsOf(orders, large)];
  return { table, goals: [...speed(measured), ...memory(measured), ...waiting(measured)] };
}

function speed({ orders, large }: Measured): Goal[] {
  const [own, floor, exceljs] = [large.own, large.floor, large.exceljs].map(secondsOf) as [number, number, number];
  return [
    { what: `${orders} rows, times the floor`, measured: `${s(own)} / ${s(floor)}`, value: own / floor, most: 2 },
    { what: `${orders} rows, times exceljs`, measured: `${s(own)} / ${s(exceljs)}`, value: own / exceljs, most: 0.5 },
  ];
}

function memory({ idle, many, orders, middle, large }: Measured): Goal[] {
  const [less, more] = [memoryOf(middle.own), memoryOf(large.own)];
  const above = `${idle.toFixed(0)} MB idle`;
  return [
    { what: `Worker above idle, ${many} rows, MB`, measured: above, value: less, most: 100 },
    { what: `Worker above idle, ${orders} rows, MB`, measured: above, value: more, most: 100 },
  ];
}

function waiting({ few, first, waits, small }: Measured): Goal[] {
  const [list, file] = [median(first.map(({ list }) => list)), median(first.map(({ file }) => file))];
  const [idle, busy] = [
    waits.map(({ idle }) => percentile(idle, 0.99)),
    waits.map(({ busy }) => percentile(busy, 0.99)),
  ];
  const [alone, beside] = [median(small.map(({ alone }) => alone)), median(small.map(({ beside }) => beside))];
  const pair = (a: number, b: number): string => `${ms(a)} / ${ms(b)}`;
  return [
    {
      what: `First byte of ${few} rows, times a plain list's`,
      measured: pair(file, list),
      value: file / list,
      most: 2,
    },
    {
      what: 'p99 of other requests, times idle',
      measured: pair(median(busy), median(idle)),
      value: median(busy) / median(idle),
      most: 2,
    },
    // Ready while the large one still runs; how much slower it may be nobody has promised.
    { what: 'Small export beside a large one, s', measured: pair(beside, alone), value: beside / 1000, most: 3 },
  ];
}
