import { setTimeout as pause } from 'node:timers/promises';
import type { Databases } from '../checks/databases';
import { drained } from '../checks/drained';
import { effectsOnce } from '../checks/effects';
import { askForExport, exportsWhole } from '../checks/exports';
import { ledgerAgrees } from '../checks/ledger';
import { caught, mailsOnce } from '../checks/mails';
import { toldOf } from '../checks/told';
import type { Fault } from '../faults/fault';
import type { Journal } from '../journal/journal';
import type { Client } from '../load/client';
import { READS, readers, readOf } from '../load/reads';
import type { Sessions } from '../load/sessions';
import { Tally } from '../load/tally';
import { writers } from '../load/writes';
import type { Row } from '../report/row';
import type { Stage } from '../stage/stage';

/** Milliseconds of calm before a fault, and those after which something that does not heal has not healed. */
const CALM = 1500;
const HEALING = 90_000;

/** What is the same for all faults of a run. */
export interface Scene {
  readonly stage: Stage;
  readonly owner: Client;
  readonly journal: Journal;
  readonly sessions: Sessions;
  readonly databases: Databases;
}

/** Tries one fault under load and says what became of it. */
export async function trial(scene: Scene, fault: Fault): Promise<Row> {
  const { stage, owner, journal, sessions } = scene;
  const before = { exports: journal.of('export').length, invitations: journal.of('invitation').length };
  const tally = new Tally();
  let over = Infinity;
  const isOver = (): boolean => Date.now() > over;
  const load = [...readers(owner, () => tally), ...writers(owner, journal, () => tally, isOver), sessions.flow(isOver)];
  await pause(CALM);
  await askForExport(owner, journal);
  await fault.begin(stage);
  await pause(fault.lasts);
  await fault.end?.(stage);
  const ended = Date.now();
  const unhealed = await healing(scene);
  const healed = (Date.now() - ended) / 1000;
  over = Date.now() + HEALING;
  await Promise.all(load.map((pacer) => pacer.stop()));
  const { told, others } = toldOf(tally, fault.hits, fault.cuts ?? false);
  const problems = { told, 'in time': tally.late, others, healed: unhealed, ...(await atRest(scene, before)) };
  const failed = tally.count(undefined, ['told', 'cut', 'untold', 'late']);
  const how = Object.fromEntries([...tally.statuses].sort());
  return { fault: fault.name, requests: tally.count(), failed, how, healed, problems };
}

async function atRest(scene: Scene, before: { exports: number; invitations: number }) {
  const { stage, owner, journal, databases } = scene;
  const services = stage.apps.filter(({ database }) => database).map(({ name }) => name);
  const rest = await drained(journal, databases, services);
  return {
    drained: rest,
    once: await effectsOnce(journal, databases),
    ledger: await ledgerAgrees(databases),
    files: await exportsWhole(owner, journal, before.exports),
    mails: mailsOnce(journal, await caught(stage.inboxUrl), before.invitations),
  };
}

/** Waits until every process is ready and every service answers through every gateway, twice in a row. */
async function healing({ stage, owner }: Scene): Promise<string[]> {
  const deadline = Date.now() + HEALING;
  for (let well = 0; well < 2;) {
    const ready = await stage.allReady();
    const answers = await Promise.all(
      [...Object.keys(READS), ...Object.keys(READS)].map((service) => owner.ask(readOf(service))),
    );
    const all = ready && answers.every(({ ending }) => ending === 'done');
    well = all ? well + 1 : 0;
    if (!all && Date.now() > deadline) {
      const statuses = answers.map(({ status }) => status).join(' ');
      return [`not well again after ${HEALING / 1000} s: ${ready ? 'ready' : 'not ready'}, ${statuses}`];
    }
    if (!all) await pause(100);
  }
  return [];
}
