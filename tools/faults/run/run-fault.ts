import { setTimeout as pause } from 'node:timers/promises';
import { askForExport } from '../checks/exports';
import { failuresOf } from '../checks/failures';
import type { Fault } from '../faults/fault';
import { READS, readers, readOf } from '../load/reads';
import { Tally } from '../load/tally';
import { writers } from '../load/writes';
import type { Row } from '../report/row';
import type { TestContext } from '../environment/test-context';
import { atRest } from './at-rest';

/** Milliseconds of calm before a fault, and those after which something that does not heal has not healed. */
const CALM_MS = 1000;
const RECOVERY_GUARD_MS = 600_000;

/** Tries one fault under load and says what became of it. */
export async function runFault(context: TestContext, fault: Fault): Promise<Row> {
  const { environment, owner, journal, sessions, fleet } = context;
  const before = journal.of('export').length;
  const tally = new Tally();
  let over = Infinity;
  const isOver = (): boolean => Date.now() > over;
  const load = [
    ...readers(owner, () => tally, fault.reads),
    ...writers(owner, journal, () => tally, isOver),
    sessions.flow(isOver),
    fleet.flow(isOver),
  ];
  const { unhealed, healed } = await inject(context, fault).finally(async () => {
    over = Date.now() + RECOVERY_GUARD_MS;
    environment.clearFaults();
    await Promise.all(load.map((pacer) => pacer.stop()));
  });
  const { unexpected, others } = failuresOf(tally, fault.hits, fault.cuts ?? false);
  const problems = {
    injected: [],
    failures: unexpected,
    'in time': tally.late,
    others,
    healed: unhealed,
    ...(await atRest(context, before)),
  };
  const failed = tally.count(undefined, ['unavailable', 'cut', 'error', 'late']);
  const how = Object.fromEntries([...tally.statuses].sort());
  return { fault: fault.name, requests: tally.count(), failed, how, healed, problems };
}

/** The fault from its beginning until everything works again. */
async function inject(context: TestContext, fault: Fault): Promise<{ unhealed: string[]; healed: number }> {
  const { environment, owner, journal } = context;
  await pause(CALM_MS);
  // In turns: an owner may ask for sixty of a kind within an hour.
  await askForExport(owner, journal, journal.of('export').length % 2 ? 'orders' : 'charge-points');
  await fault.begin(environment, context);
  await pause(fault.lasts);
  await fault.end?.(environment, context);
  const ended = Date.now();
  const unhealed = await healing(context);
  return { unhealed, healed: (Date.now() - ended) / 1000 };
}

/** Waits until every process is ready and every service answers through every gateway, twice in a row. */
async function healing({ environment, owner }: TestContext): Promise<string[]> {
  const deadline = Date.now() + RECOVERY_GUARD_MS;
  for (let well = 0; well < 2;) {
    const ready = await environment.allReady();
    const answers = await Promise.all(
      [...Object.keys(READS), ...Object.keys(READS)].map((service) => owner.ask(readOf(service))),
    );
    const all = ready && answers.every(({ ending }) => ending === 'done');
    well = all ? well + 1 : 0;
    if (!all && Date.now() > deadline) {
      const statuses = answers.map(({ status }) => status).join(' ');
      return [`not well again after ${RECOVERY_GUARD_MS / 1000} s: ${ready ? 'ready' : 'not ready'}, ${statuses}`];
    }
    if (!all) await pause(100);
  }
  return [];
}
