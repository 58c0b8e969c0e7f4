import { say, StackError } from '../../stack/terminal';
import { Databases } from '../checks/databases';
import type { Fault } from '../faults/fault';
import { Journal } from '../journal/journal';
import { Client } from '../load/client';
import { chargers, ownerOf } from '../load/people';
import { Sessions } from '../load/sessions';
import { brokenIn, type Row, skippedRow } from '../report/row';
import { cellsOf } from '../report/table';
import { Stage } from '../stage/stage';
import { type Scene, trial } from './trial';

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
  let broken = true;
  try {
    await Promise.race([asked, tryAll(stage, faults, (row) => rows.push(row) && tellOf(row, tell))]);
    broken = rows.some((row) => brokenIn(row).length > 0);
  } finally {
    const output = await stage.end(broken);
    if (broken) tell(`What the processes wrote is in ${output}.`);
  }
  return rows;
}

async function tryAll(stage: Stage, faults: readonly Fault[], done: (row: Row) => void): Promise<void> {
  await stage.start(faults.some(({ name }) => name.startsWith('full disk')));
  const scene = await sceneOn(stage);
  for (const fault of faults) {
    if (fault.pairs) await stage.pair();
    const skipped = fault.skipped?.(stage);
    done(skipped ? skippedRow(fault.name, skipped) : await trial(scene, fault));
  }
  await scene.sessions.close();
  await scene.databases.close();
}

function tellOf(row: Row, tell: (text: string) => void): void {
  tell(cellsOf(row).join('  │  '));
  for (const name of brokenIn(row)) {
    row.problems[name].slice(0, 10).forEach((text) => tell(`    ✗ ${name}: ${text}`));
  }
}

async function sceneOn(stage: Stage): Promise<Scene> {
  const owner = await ownerOf(new Client(stage.gateways));
  const journal = new Journal();
  const backEnd = { natsUrl: stage.direct.natsUrl, password: stage.secrets.password('nats.charging') };
  const sessions = await Sessions.open(backEnd, journal, await chargers(owner));
  const databases = new Databases(stage.direct.databaseAdminUrl, stage.prefix);
  return { stage, owner, journal, sessions, databases };
}
