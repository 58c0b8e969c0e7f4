import { randomUUID } from 'node:crypto';
import { ordersOperators, type OrderState } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { knowChargePoints, type Orders, ordersWhere, rebuild, startOrders, publishedEvents } from '../test/orders';
import { after, end, meter, start } from '../test/session';

type Make = (own: Orders, session: string) => Promise<string>;

const completed: Make = async (own, session) => {
  await start(own, session);
  await meter(own, session, 10, 1000);
  await end(own, session, 20, 2000);
  return `session_id = '${session}' and status = 1`;
};
const held: Make = async (own, session) => {
  await start(own, session);
  await meter(own, session, 10, 1000);
  await end(own, session, 200 * 60, 2000);
  return `session_id = '${session}' and held and charging_session_time > 0`;
};
const commanded =
  (make: Make, command: 'void' | 'reverse' | 'correct'): Make =>
  async (own, session) => {
    const [row] = await ordersWhere(own, await make(own, session));
    const input = { orderId: Number(row?.id), reason: 'before', by: 'me' };
    await own.bus.call(ordersOperators[command], input, internalCaller());
    return `session_id = '${session}'`;
  };
const running: Make = async (own, session) => {
  await start(own, session);
  await meter(own, session, 10, 1000);
  return `session_id = '${session}' and charging_session_time > 0`;
};

/** Minutes, at 2 USD each, that each state is settled at. */
const STATES: readonly (readonly [state: string, make: Make, minutes: number])[] = [
  ['open, its session going on', running, 10],
  [
    'open, without a reading',
    async (own, session) => {
      await start(own, session);
      return `session_id = '${session}'`;
    },
    0,
  ],
  [
    'open, waiting for a card that nobody answers for',
    async (own, session) => {
      await start(own, session, { payment: 'cash', rfid: '04A2B1C6' });
      await end(own, session, 20, 2000);
      // Its end is there as soon as the sweep of sessions that wait has seen it.
      await ordersWhere(
        own,
        `session_id in (select session_id from sessions where session_id = '${session}' and ended_at is not null)`,
      );
      return `session_id = '${session}'`;
    },
    20,
  ],
  ['held', held, 200 * 60],
  ['complete', completed, 20],
  ['corrected', commanded(completed, 'correct'), 20],
  ['taken back', commanded(completed, 'reverse'), 20],
  ['void, of a session that was held', commanded(held, 'void'), 200 * 60],
  ['void, of a session that goes on', commanded(running, 'void'), 10],
];

let own: Orders;

beforeAll(async () => {
  own = await startOrders('any_state', { ORDER_FLAT_FEE_USD: '1' });
  await knowChargePoints(own);
});
afterAll(() => own?.stop());

describe.each(STATES)('an order that is %s', (_, make, minutes) => {
  let session: string;
  let id: number;

  beforeEach(async () => {
    session = randomUUID();
    const [row] = await ordersWhere(own, await make(own, session));
    id = Number(row?.id);
  });

  const ask = (command: 'settle' | 'correct' | 'void', more: object = {}): Promise<OrderState> =>
    own.bus.call(ordersOperators[command], { orderId: id, reason: 'looked into', by: 'me', ...more }, internalCaller());
  /** What other services have received of it: completed minus reversed. */
  const net = async () => {
    const of = async (event: string) => (await publishedEvents(own, event)).filter(({ order_id }) => order_id === id);
    const sum = (rows: Record<string, unknown>[]) =>
      rows.reduce((total, { price_usd }) => total + Number(price_usd), 0);
    const [done, undone] = [await of('orders.completed'), await of('orders.reversed')];
    return { open: done.length - undone.length, price: sum(done) - sum(undone) };
  };
  const stays = async () => {
    await meter(own, session, 11, 1100);
    const other = randomUUID();
    await start(own, other);
    await ordersWhere(own, `session_id = '${other}'`);
    expect(await rebuild(own)).toBe(0);
  };

  it('is complete once it is settled', async () => {
    const price = 2 * minutes;
    for (const __ of ['once', 'twice']) expect(Number((await ask('settle')).price_usd)).toBe(price);
    await stays();
    expect(await ordersWhere(own, `id = ${id} and status = 1 and not held and fees_usd = 1`)).toHaveLength(1);
    expect(await net()).toEqual({ open: 1, price });
  });

  it('is complete as it was corrected', async () => {
    const state = await ask('correct', { ended_at: after(5), energy_wh: 500 });
    expect(state).toMatchObject({ status: 1, price_usd: '10.00000000', earning_usd: '8.50000000' });
    await stays();
    expect(await net()).toEqual({ open: 1, price: 10 });
    expect(await ordersWhere(own, `id = ${id} and fees_usd = 1 and charging_session_energy = 0.5`)).toHaveLength(1);
  });

  it('is nothing once it is void, and can be corrected still', async () => {
    for (const __ of ['once', 'twice']) expect(await ask('void')).toMatchObject({ status: 2, price_usd: '0.00000000' });
    await stays();
    expect(await net()).toEqual({ open: 0, price: 0 });
    expect(await ask('correct', { ended_at: after(5) })).toMatchObject({ status: 1, price_usd: '10.00000000' });
    expect(await net()).toEqual({ open: 1, price: 10 });
  });
});
