import { payoutsOperators, sessionCompleted, sessionMetered, sessionStarted } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { struck } from '../test/disorder';
import { type KillableSystem, startKillable } from '../test/killable';
import { rebuild, say } from '../test/orders';
import { endedAt, meteredAt, startedAt } from '../test/session';

const SESSIONS = 48;
const PARTS = 6;

type Say = (system: KillableSystem) => Promise<string>;
type Tell = () => Promise<unknown>;

/** Sessions at three power centers of two owners; many an end is published before what came before it. */
function story(): Say[] {
  const all = Array.from({ length: SESSIONS }, (_, n): Say[] => {
    const id = `s${n}`;
    const ids = (part: string) => ({ id: `${id}-${part}` });
    return [
      (own) => say(own, sessionStarted, startedAt(id, { charge_point_id: 1 + (n % 3) }), ids('start')),
      (own) => say(own, sessionMetered, meteredAt(id, 10, 1000 + n), ids('10')),
      (own) => say(own, sessionCompleted, endedAt(id, 60, 9000 + n), ids('end')),
      (own) => say(own, sessionMetered, meteredAt(id, 40, 7000), ids('40')),
    ];
  }).flat();
  // Each word far from its neighbours, the same way every time: 77 and 192 have no common divisor.
  return all.map((_, at) => all[(at * 77) % all.length] as Say);
}

const ORDERS = `select session_id, charge_point_id, account_id, status, quantity, price_usd, earning_usd, fees_usd,
  charging_session_energy, charging_session_time, prices, day::text, delivered_at from orders order by session_id`;
/** Completed minus reversed, order by order. */
const NET = `
  select o.session_id, sum(t.times)::int as times, sum(t.times * (t.payload->>'price_usd')::numeric) as price_usd,
    sum(t.times * (t.payload->>'earning_usd')::numeric) as earning_usd
  from (select payload::jsonb as payload, case when name like '%.completed.%' then 1 else -1 end as times from outbox
    where name like 'facts.orders.orders.completed.%' or name like 'facts.orders.orders.reversed.%') t
  join orders o on o.id = (t.payload->>'order_id')::int group by 1 order by 1`;
const LEDGER = 'select ledger, owner_id, sum(amount) as amount from ledger_postings group by 1, 2 order by 1, 2';

describe('orders and payouts, killed again and again while sessions are told', () => {
  const systems: KillableSystem[] = [];
  afterAll(() => Promise.all(systems.map((system) => system.stop())));

  /** The result of the story; `meanwhile` publishes a part of it. */
  const outcome = async (
    name: string,
    meanwhile: (system: KillableSystem, part: number, tell: Tell) => Promise<void>,
  ) => {
    const system = await startKillable(name);
    systems.push(system);
    const words = story();
    const size = words.length / PARTS;
    for (let part = 0; part < PARTS; part += 1) {
      const some = words.slice(part * size, (part + 1) * size);
      await meanwhile(system, part, () => Promise.all(some.map((word) => word(system))));
    }
    await system.settled();
    const { orders, payouts, bus } = system;
    expect(await rebuild(system)).toBe(0);
    expect(await bus.call(payoutsOperators.prove, {}, internalCaller({}, 60_000))).toMatchObject({ discrepancy: '' });
    return {
      orders: await orders.db.query(ORDERS),
      net: await orders.db.query(NET),
      ledger: await payouts.db.query(LEDGER),
    };
  };

  it('end with the same orders, facts and ledger as those that nothing happened to', async () => {
    const untroubled = await outcome('untroubled', async (_, __, tell) => void (await tell()));
    const killed = await outcome('killed', async (system, part, tell) => {
      const [told] = await struck(system, part, tell);
      await Promise.all([system.orders.kill(), ...(part % 2 === 1 ? [system.payouts.kill()] : [])]);
      await told;
      await Promise.all([system.orders.start(), ...(part % 2 === 1 ? [system.payouts.start()] : [])]);
    });
    expect(untroubled.orders).toHaveLength(SESSIONS);
    expect(new Set(untroubled.net.map(({ times }) => times))).toEqual(new Set([1]));
    expect(untroubled.ledger.length).toBeGreaterThan(3);
    expect(killed).toEqual(untroubled);
  }, 1_200_000);
});
