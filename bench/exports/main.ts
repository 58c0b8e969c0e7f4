import { join, resolve } from 'node:path';
import { pause } from '../../tools/stack/processes';
import { stopSignal } from '../../tools/stack/start/stop-signal';
import { say, StackError, step } from '../../tools/stack/terminal';
import { machine, writeResults } from '../document';
import { Client } from './client';
import { goalTable, markdown } from './tables';
import { goalsOf, type Measured } from './goals';
import { residentMb } from './memory';
import { exportsBenchOptions, type ExportsBenchOptions } from './options';
import { loadOrders } from './load-orders';
import { BenchStack } from '../stack/bench-stack';
import {
  type Export,
  firstBytes,
  others,
  ours,
  OWNER,
  pidOf,
  RIVAL,
  type ExportUsers,
  starvation,
  theirs,
} from './rounds';

// Compiled into dist/bench/exports.
const CHECKOUT = resolve(__dirname, '../../..');
/** Rows of the small export, and of the one in the middle. */
const FEW = 1000;
const MANY = 100_000;
const WARM = 10;
/** Milliseconds after which a process that has just started counts as idle. */
const SETTLED = 5000;

/** `npm run bench -- exports`: what exports take, beside plain programs with the same rows; prints what it found. */
export async function exportsBench(args: readonly string[]): Promise<void> {
  const options = exportsBenchOptions(args);
  const stack = new BenchStack({ checkout: CHECKOUT });
  const stopped = stopSignal().then(() => Promise.reject(new StackError('Stopped.')));
  try {
    await Promise.race([measureAll(stack, options), stopped]);
  } finally {
    await stack.stop();
  }
}

async function measureAll(stack: BenchStack, options: ExportsBenchOptions): Promise<void> {
  await stack.start();
  const [owner, rival] = await Promise.all(
    ['owner@demo.test', 'rival@demo.test'].map((email) => Client.login(stack.url, email)),
  );
  if (!owner || !rival) return;
  const users = { stack, owner, rival };
  try {
    report(await measure(users, options), options);
  } finally {
    owner.close();
    rival.close();
  }
}

async function measure(users: ExportUsers, { orders, rounds }: ExportsBenchOptions): Promise<Measured> {
  const { stack } = users;
  await pause(SETTLED);
  const idle = residentMb(pidOf(stack, 'worker'));
  const few = Math.min(FEW, orders);
  const many = Math.min(MANY, orders);
  await step(`Loading ${few} and ${many} orders`, async () => {
    await loadOrders(stack, RIVAL, few);
    await loadOrders(stack, OWNER, many);
  });
  const first = await step(`First bytes of ${few} rows`, async () => {
    for (let n = 0; n < WARM; n += 1) await firstBytes(users);
    return repeated(2 * rounds + 1, () => firstBytes(users));
  });
  const middle = await step(`${many} rows`, () => compared(users, idle, rounds));
  await step(`Loading ${orders - many} more`, () => loadOrders(stack, OWNER, orders - many));
  const large = await step(`${orders} rows`, () => compared(users, idle, rounds));
  const waits = await step('Other requests meanwhile', () => repeated(rounds, () => others(users)));
  const small = await step('A small export beside a large one', () => repeated(rounds, () => starvation(users)));
  return { idle, few, many, orders, first, middle, large, waits, small };
}

/** Ours and the plain programs, one after the other, so that all of them run under the same load. */
async function compared(users: ExportUsers, idle: number, rounds: number): Promise<Measured['large']> {
  const own: Export[] = [];
  const [rows, floor, exceljs] = [[], [], []] as [
    Measured['large']['floor'],
    Measured['large']['floor'],
    Measured['large']['floor'],
  ];
  for (let round = 0; round < rounds; round += 1) {
    own.push(await ours(users, idle));
    rows.push(await theirs('rows', users));
    floor.push(await theirs('floor', users));
    exceljs.push(await theirs('exceljs', users));
  }
  return { own, rows, floor, exceljs };
}

async function repeated<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < times) results.push(await work());
  return results;
}

function report(measured: Measured, { orders, rounds, write }: ExportsBenchOptions): void {
  const { table, goals } = goalsOf(measured);
  const head = ['Rows', 'Program', 'Seconds', 'Processor seconds', 'Memory above idle, MB', 'File, MB'];
  const results = `${markdown(head, table)}\n\n${goalTable(goals)}`;
  say(`\n${machine()}; medians of ${rounds} rounds\n\n${results}`);
  const command = `npm run bench -- exports --orders ${orders} --rounds ${rounds}`;
  if (write) writeResults(join(CHECKOUT, 'docs/benchmarks.md'), 'exports', command, results);
}
