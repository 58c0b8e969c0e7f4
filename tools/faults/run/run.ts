import { say, StackError } from '../../stack/terminal';
import type { Fault } from '../faults/fault';
import { brokenIn, failedRow, type Row, skippedRow } from '../report/row';
import { cellsOf } from '../report/table';
import { closeScene, sceneOn } from '../stage/scene';
import { Stage } from '../stage/stage';
import { trial } from './trial';

export interface RunOptions {
  readonly checkout: string;
  readonly faults: readonly Fault[];
  readonly tell?: (text: string) => void;
  /** Resolves when somebody wants it to end. */
  readonly stopped?: Promise<unknown>;
}

/** Sets the stage, tries the faults one after the other, and clears everything away. */
export async function run({ checkout, faults, tell = say, stopped }: RunOptions): Promise<Row[]> {
  const stage = await Stage.set(checkout);
  const rows: Row[] = [];
  const asked = stopped?.then(() => Promise.reject(new StackError('Stopped.'))) ?? new Promise<never>(() => undefined);
  const began = Date.now();
  const done = (row: Row): void => {
    rows.push(row);
    tell(`${place(rows.length, faults.length, Date.now() - began)}  ${told(row)}`);
  };
  let broken = true;
  try {
    await Promise.race([asked, tryAll(stage, faults, done)]);
    broken = rows.some((row) => brokenIn(row).length > 0);
  } finally {
    const output = await stage.end(broken);
    if (broken) tell(`What the processes wrote is in ${output}.`);
  }
  return rows;
}

async function tryAll(stage: Stage, faults: readonly Fault[], done: (row: Row) => void): Promise<void> {
  await stage.start();
  const scene = await sceneOn(stage);
  try {
    for (const fault of faults) {
      if (fault.pairs) await stage.pair();
      const skipped = fault.skipped?.(stage);
      const tried = skipped ? skippedRow(fault.name, skipped) : trial(scene, fault);
      // One fault that could not be brought about does not keep the others from being tried.
      done(await Promise.resolve(tried).catch((error: unknown) => failedRow(fault.name, String(error))));
    }
  } finally {
    await closeScene(scene);
  }
}

/** Which of how many, and minutes and seconds since the beginning. */
function place(number: number, of: number, milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return `${String(number).padStart(String(of).length)}/${of} ${clock.padStart(5)}`;
}

function told(row: Row): string {
  const problems = brokenIn(row).flatMap((name) =>
    row.problems[name].slice(0, 10).map((text) => `    ✗ ${name}: ${text}`),
  );
  return [cellsOf(row).join('  │  '), ...problems].join('\n');
}
