import { setTimeout as pause } from 'node:timers/promises';
import { askForExport } from '../checks/exports';
import type { TestContext } from '../environment/test-context';
import type { FaultEnvironment } from '../environment/fault-environment';
import type { Fault } from './fault';
import { exportStatus, moment, oneWouldEnd, whileNoneEnds } from './moments';

const phase = (name: string, hits: readonly string[], more: Pick<Fault, 'begin' | 'end'>): Fault => ({
  name,
  hits,
  lasts: 500,
  ...more,
});

const RESERVED = `
  select count(*) from payouts p where p.status = 'pending'
    and exists (select 1 from outbox o where o.kind = 'job' and o.key = p.id::text and o.sent_at is null)`;

/** The load asks for payouts all the time; the provider has its own ways until one is at that point. */
const whilePaying = (name: string, victim: string, manner: 'hangs' | 'holds'): Fault =>
  phase(name, victim === 'payouts' ? ['payouts'] : [], {
    begin: async (environment) => {
      const { provider } = environment;
      const { requests, transfers } = provider;
      const before = { asked: requests.length, paid: transfers.length };
      provider.manner = manner;
      const asked = (): boolean => requests.length > before.asked;
      const paid = (): boolean => transfers.length > before.paid;
      await moment('a payout was being paid', manner === 'hangs' ? asked : paid);
      environment.hit(victim, 'SIGKILL');
    },
    end: ({ provider }) => void (provider.manner = 'answers'),
  });

const payoutPhases: readonly Fault[] = [
  phase('kill -9 payouts: a payout reserved, not queued', ['payouts'], {
    begin: async (environment, { databases }) => {
      // Without Redis it cannot be queued; until then nobody looks.
      environment.lines.to.redis.cut(true);
      await moment('a payout was reserved', async () => (await databases.number('payouts', RESERVED)) > 0);
      environment.hit('payouts', 'SIGKILL');
    },
    end: ({ lines }) => lines.heal(),
  }),
  whilePaying('kill -9 payouts: the provider asked, nothing paid', 'payouts', 'hangs'),
  whilePaying('kill -9 payouts: paid, not settled', 'payouts', 'holds'),
  whilePaying('kill -9 worker: a payout paid, not settled', 'worker', 'holds'),
];

const TRIES = 10;

/** Kills the worker as soon as it has begun; one that was quicker gets another export. */
async function inTheMiddle(environment: FaultEnvironment, { owner, journal, databases }: TestContext): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await askForExport(owner, journal);
    await moment('an export had begun', async () => (await exportStatus(databases)) !== 'waiting');
    if ((await exportStatus(databases)) !== 'running') continue;
    environment.hit('worker', 'SIGKILL');
    await pause(100);
    if ((await exportStatus(databases)) === 'running') return;
    await moment('the worker was back', () => environment.mark('worker') !== undefined);
  }
  throw new Error('every export was written before the worker could be killed');
}

/** Holds what a finished export needs: the file is stored, the service does not know. */
async function stored(environment: FaultEnvironment, { owner, journal, databases }: TestContext): Promise<void> {
  let struck = false;
  for (let tries = 0; tries < TRIES && !struck; tries += 1) {
    await askForExport(owner, journal);
    await whileNoneEnds(databases, async () => {
      if ((await exportStatus(databases)) === 'finished') return;
      await moment('an export was stored and nobody told', () => oneWouldEnd(databases));
      struck = environment.hit('worker', 'SIGKILL') !== undefined;
    });
  }
  if (!struck) throw new Error('every export was finished before it could be held');
}

async function thrice(environment: FaultEnvironment, context: TestContext): Promise<void> {
  for (let times = 0; times < 3; times += 1) {
    await askForExport(context.owner, context.journal);
    await moment(
      'the worker was back',
      async () => environment.mark('worker') !== undefined && (await environment.allReady()),
    );
    environment.hit('worker', 'SIGKILL');
    await pause(100);
  }
}

const exportPhases: readonly Fault[] = [
  phase('kill -9 worker: an export begun', [], { begin: inTheMiddle }),
  phase('kill -9 worker: an export stored, not told', [], { begin: stored }),
  phase('kill -9 worker three times in a row', [], { begin: thrice }),
];

/** Kills between the steps of what takes several. */
export const phaseFaults: readonly Fault[] = [...payoutPhases, ...exportPhases];
