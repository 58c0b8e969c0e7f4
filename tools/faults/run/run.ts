import { say, StackError } from '../../stack/terminal';
import type { Fault } from '../faults/fault';
import { brokenIn, failedRow, type Row, skippedRow } from '../report/row';
import { cellsOf } from '../report/table';
import { closeContext, openContext } from '../environment/test-context';
import { FaultEnvironment } from '../environment/fault-environment';
import { runFault } from './run-fault';

export interface RunOptions {
  readonly checkout: string;
  readonly faults: readonly Fault[];
  readonly report?: (text: string) => void;
  /** Resolves when somebody wants it to end. */
  readonly stopped?: Promise<unknown>;
}

/** Sets the environment, tries the faults one after the other, and clears everything away. */
export async function run({ checkout, faults, report = say, stopped }: RunOptions): Promise<Row[]> {
  const environment = new FaultEnvironment(checkout);
  const rows: Row[] = [];
  const asked = stopped?.then(() => Promise.reject(new StackError('Stopped.'))) ?? new Promise<never>(() => undefined);
  const began = Date.now();
  const done = (row: Row): void => {
    rows.push(row);
    report(`${place(rows.length, faults.length, Date.now() - began)}  ${described(row)}`);
  };
  let broken = true;
  try {
    await Promise.race([asked, tryAll(environment, faults, done)]);
    broken = rows.some((row) => brokenIn(row).length > 0);
  } finally {
    const output = await environment.stop(broken);
    if (broken) report(`What the processes wrote is in ${output}.`);
  }
  return rows;
}

async function tryAll(
  environment: FaultEnvironment,
  faults: readonly Fault[],
  done: (row: Row) => void,
): Promise<void> {
  await environment.start();
  const context = await openContext(environment);
  try {
    for (const fault of faults) {
      if (fault.pairs) await environment.pair();
      const skipped = fault.skipped?.(environment);
      const tried = skipped ? skippedRow(fault.name, skipped) : runFault(context, fault);
      // One fault that could not be brought about does not keep the others from being tried.
      done(await Promise.resolve(tried).catch((error: unknown) => failedRow(fault.name, String(error))));
    }
  } finally {
    await closeContext(context);
  }
}

/** Which of how many, and minutes and seconds since the beginning. */
function place(number: number, of: number, milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return `${String(number).padStart(String(of).length)}/${of} ${clock.padStart(5)}`;
}

function described(row: Row): string {
  const problems = brokenIn(row).flatMap((name) =>
    row.problems[name].slice(0, 10).map((text) => `    ✗ ${name}: ${text}`),
  );
  return [cellsOf(row).join('  │  '), ...problems].join('\n');
}
