import { randomUUID } from 'node:crypto';
import { askForExport } from '../faults/checks/exports';
import { Tally } from '../faults/load/tally';
import { retryUntilDefinite } from '../faults/load/writes';
import type { TestContext } from '../faults/environment/test-context';
import { pause } from '../stack/processes';
import type { TwoVersions } from './two-versions';

/** Kinds of writes that are to be taken; a payout may be refused while another is under way. */
const WRITES = ['category', 'worker', 'invitation', 'payout'];
const KINDS_OF_EXPORTS = ['orders', 'charge-points'];
const SESSIONS = 3;
const POLL_INTERVAL_MS = 100;
const UNSENT = 'select count(*) from outbox where sent_at is null';

/** Something of every kind: writes, mails, payouts, exports, sessions of drivers. Answers what was not taken. */
export async function work({ owner, journal, sessions }: TestContext<TwoVersions>): Promise<string[]> {
  const problems: string[] = [];
  const tally = new Tally();
  for (const kind of WRITES) {
    const entry = journal.begin(kind, randomUUID());
    const status = await retryUntilDefinite(
      owner,
      kind,
      entry,
      () => tally,
      () => false,
    );
    if (entry.refused && kind !== 'payout') problems.push(`${kind} was refused with ${status}`);
  }
  await askForExport(owner, journal, KINDS_OF_EXPORTS[journal.of('export').length % KINDS_OF_EXPORTS.length]);
  const before = deliveries(journal);
  const flow = sessions.flow(() => false);
  while (deliveries(journal) < before + SESSIONS) await pause(POLL_INTERVAL_MS);
  await flow.stop();
  return [...problems, ...tally.errors];
}

const deliveries = (journal: TestContext<TwoVersions>['journal']): number =>
  journal.of('session').filter(({ acknowledged }) => acknowledged).length;

/** Waits until everything that services have to say is on its way: jobs are in the queues then. */
export async function queued({ databases, environment }: TestContext<TwoVersions>): Promise<void> {
  const services = environment.apps.filter(({ database }) => database).map(({ name }) => name);
  for (const service of services) {
    while ((await databases.number(service, UNSENT)) > 0) await pause(POLL_INTERVAL_MS);
  }
}
