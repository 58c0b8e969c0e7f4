import { setTimeout as pause } from 'node:timers/promises';
import { askForExport } from '../checks/exports';
import type { Scene } from '../stage/scene';
import type { Stage } from '../stage/stage';
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
    begin: async (stage) => {
      const { provider } = stage;
      const { requests, transfers } = provider;
      const before = { asked: requests.length, paid: transfers.length };
      provider.manner = manner;
      const asked = (): boolean => requests.length > before.asked;
      const paid = (): boolean => transfers.length > before.paid;
      await moment('a payout was being paid', manner === 'hangs' ? asked : paid);
      stage.hit(victim, 'SIGKILL');
    },
    end: ({ provider }) => void (provider.manner = 'answers'),
  });

const payoutPhases: readonly Fault[] = [
  phase('kill -9 payouts: a payout reserved, not queued', ['payouts'], {
    begin: async (stage, { databases }) => {
      // Without Redis it cannot be queued; until then nobody looks.
      stage.lines.to.redis.cut(true);
      await moment('a payout was reserved', async () => (await databases.number('payouts', RESERVED)) > 0);
      stage.hit('payouts', 'SIGKILL');
    },
    end: ({ lines }) => lines.heal(),
  }),
  whilePaying('kill -9 payouts: the provider asked, nothing paid', 'payouts', 'hangs'),
  whilePaying('kill -9 payouts: paid, not settled', 'payouts', 'holds'),
  whilePaying('kill -9 worker: a payout paid, not settled', 'worker', 'holds'),
];

const TRIES = 10;

/** Kills the worker as soon as it has begun; one that was quicker gets another export. */
async function inTheMiddle(stage: Stage, { owner, journal, databases }: Scene): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await askForExport(owner, journal);
    await moment('an export had begun', async () => (await exportStatus(databases)) !== 'waiting');
    if ((await exportStatus(databases)) !== 'running') continue;
    stage.hit('worker', 'SIGKILL');
    await pause(100);
    if ((await exportStatus(databases)) === 'running') return;
    await moment('the worker was back', () => stage.mark('worker') !== undefined);
  }
  throw new Error('every export was written before the worker could be killed');
}

/** Holds what a finished export needs: the file is stored, the service does not know. */
async function stored(stage: Stage, { owner, journal, databases }: Scene): Promise<void> {
  let struck = false;
  for (let tries = 0; tries < TRIES && !struck; tries += 1) {
    await askForExport(owner, journal);
    await whileNoneEnds(databases, async () => {
      if ((await exportStatus(databases)) === 'finished') return;
      await moment('an export was stored and nobody told', () => oneWouldEnd(databases));
      struck = stage.hit('worker', 'SIGKILL') !== undefined;
    });
  }
  if (!struck) throw new Error('every export was finished before it could be held');
}

async function thrice(stage: Stage, scene: Scene): Promise<void> {
  for (let times = 0; times < 3; times += 1) {
    await askForExport(scene.owner, scene.journal);
    await moment('the worker was back', async () => stage.mark('worker') !== undefined && (await stage.allReady()));
    stage.hit('worker', 'SIGKILL');
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
