import { sessionCompleted, sessionStarted } from '@open-cpo/contracts';
import { until } from '@open-cpo/testing';
import { deadLetters } from '../test/disorder';
import { type KillableSystem, startKillable } from '../test/killable';
import { say } from '../test/orders';
import { endedAt, startedAt } from '../test/session';

const OTHERS = 60;
const COMPLETED = 'select session_id from orders where status = 1';

describe('an event during which the process ends', () => {
  let system: KillableSystem;
  let deaths = 0;
  let over = false;

  beforeAll(async () => {
    system = await startKillable('deadly', { entry: 'test/mortal.ts' });
  }, 600_000);
  afterAll(async () => {
    over = true;
    await system?.stop();
  });

  /** Starts the service again whenever it has ended, as a supervisor does. */
  const supervise = async (): Promise<void> => {
    for (;;) {
      await system.orders.ended();
      if (over) return;
      deaths += 1;
      // It may end before it is up.
      await system.orders.start().catch(() => undefined);
    }
  };

  it('is dead-lettered after four ends, and every other one has its effect', async () => {
    const supervised = supervise();
    for (let n = 0; n < OTHERS; n += 1) {
      const id = `other-${n}`;
      await say(system, sessionStarted, startedAt(id), { id: `${id}-start` });
      if (n === OTHERS / 2) await say(system, sessionStarted, startedAt('deadly'), { id: 'deadly-start' });
      await say(system, sessionCompleted, endedAt(id, 10, 1000), { id: `${id}-end` });
    }
    const reasons = () => deadLetters(system.nats);
    await until(async () => (await system.orders.db.query(COMPLETED)).length === OTHERS, 'all others to be complete');
    await until(async () => (await reasons()).size > 0, 'a dead letter');
    await system.settled();
    expect([...(await reasons())]).toEqual([
      ['deadly-start', 'The process ended 4 times while this event was handled.'],
    ]);
    expect(deaths).toBe(4);
    over = true;
    await system.orders.kill();
    await supervised;
  }, 1_200_000);
});
