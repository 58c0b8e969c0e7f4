import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import {
  feedback,
  feedbackSubmitted,
  type Feedback,
  type FeedbackGiven,
  type ListFeedback,
  orders,
  ordersInternal,
} from '@open-cpo/contracts';
import { allRows, internalCaller } from '@open-cpo/messaging';
import { reference, until } from '@open-cpo/testing';
import {
  empty,
  knowChargePoints,
  type Orders,
  ordersWhere,
  owner,
  rival,
  say,
  startOrders,
  publishedEvents,
} from '../test/orders';
import { after, end, start } from '../test/session';

const wrongIn = (number: number, body: unknown): string[] =>
  reference.mismatches(body, reference.answerOf(reference.operationOf(number)).shape);

describe('feedback', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('feedback');
    await knowChargePoints(own);
  });
  afterAll(() => own?.stop());
  beforeEach(() => empty(own));

  const write = (session_id: string, more: object = {}) =>
    say(own, feedbackSubmitted, {
      version: 1,
      session_id,
      driver_id: 7,
      rating: '3.9',
      message: 'The cable is stiff.',
      time: after(60),
      ...more,
    });
  const session = async (more: object = {}) => {
    const id = randomUUID();
    await start(own, id, more);
    await end(own, id, 10, 100);
    const [order] = await ordersWhere(own, `session_id = '${id}' and status = 1`);
    return { id, order: Number(order?.id) };
  };
  const rowsWhere = async (where: string, count = 1) => {
    await until(async () => (await own.db.query(`select 1 from feedback where ${where}`)).length === count, where);
    return own.db.query<{ id: number }>(`select * from feedback where ${where}`);
  };
  const table = (query: Partial<ListFeedback> = {}, caller = owner()) => own.bus.call(feedback.table, query, caller);

  it('is shown with its order and its power center, in the documented shape', async () => {
    const { id, order } = await session();
    await write(id);
    const [row] = await rowsWhere(`order_id = ${order}`);
    const page = await table();
    const results = { success: 1, msg: reference.DONE, msg_arabic: reference.DONE_ARABIC, results: page };
    expect(wrongIn(22, results)).toEqual([]);
    expect(page.meta).toEqual({ per_page: 15, total: 1 });
    const one = await own.bus.call(feedback.one, { feedbackID: row?.id ?? 0 }, owner());
    expect(wrongIn(24, one)).toEqual([]);
    expect(one).toMatchObject({
      charge_point_order_id: order,
      user_id: 7,
      user: { id: 7, first_name: '', last_name: '' },
      order_id: null,
      rating: '3.90',
      verified: 1,
      insert_date: after(60).replace('Z', '000Z'),
      charge_point_order: { id: order, price: '20.0000', earning: 17, unit_price: '2.00', feedback_exist: 1 },
      charge_point: { id: 1, title: 'Power center 1' },
    });
    expect(await own.bus.call(orders.one, { orderID: order }, owner())).toMatchObject({ feedback_exist: 1 });
  });

  it('may come before its session', async () => {
    const id = randomUUID();
    await write(id);
    await until(async () => (await own.db.query('select 1 from waiting_feedback')).length === 1);
    await start(own, id);
    await rowsWhere('rating = 3.9');
    expect(await own.db.query('select 1 from waiting_feedback')).toEqual([]);
    expect((await table()).data[0]).toMatchObject({ verified: 0, charge_point_order: { status: 0 } });
  });

  it('is one an order: a later one takes the place of an earlier one', async () => {
    const { id } = await session();
    await write(id);
    await rowsWhere('rating = 3.9');
    await write(id, { rating: 5, message: null, time: after(90) });
    await rowsWhere('rating = 5');
    await write(id, { rating: '1', time: after(30) });
    const other = await session();
    await write(other.id, { rating: '2' });
    await rowsWhere('rating = 2');
    const { data, meta } = await table();
    expect(meta.total).toBe(2);
    expect(data[1]).toMatchObject({ rating: '5.00', feedback_msg: '', updated_at: after(90).replace('Z', '000Z') });
    expect(await publishedEvents(own, 'feedback.given')).toMatchObject([
      { rating: '3.90', previous_rating: null },
      { rating: '5.00', previous_rating: '3.90' },
      { rating: '2.00', previous_rating: null },
    ]);
  });

  it('by anybody but the driver is set aside', async () => {
    const { id } = await session();
    const refused = await write(id, { driver_id: 8 });
    await write(id, { rating: '5.1' });
    const manager = await jetstreamManager(own.nats);
    await until(async () => (await manager.streams.info('DEAD')).state.messages === 2);
    expect((await table()).data).toEqual([]);
    // Else a replay would be taken for a repetition.
    expect(await own.db.query('select 1 from inbox where event_id = $1', [refused])).toEqual([]);
  });

  it('is searched by its message', async () => {
    for (const message of ['slow charging', 'very FAST', '100% good']) {
      const { id } = await session();
      await write(id, { message });
    }
    await rowsWhere('true', 3);
    const found = async (search: string) => (await table({ search })).data.map((one) => one.feedback_msg);
    expect(await found('fast')).toEqual(['very FAST']);
    expect(await found('%')).toEqual(['100% good']);
    expect(await found('slow charging')).toEqual(['slow charging']);
    expect(await found('nothing')).toEqual([]);
    expect(await found('\u200Evéry fast')).toEqual(['very FAST']);
    expect(await found('١٠')).toEqual(['100% good']);
    expect(await allRows<Feedback>(own.bus.stream(feedback.all, { search: 'o' }, owner()))).toHaveLength(2);
  });

  it('is that of one power center where that is asked for', async () => {
    for (const charge_point_id of [1, 2, 2, 3]) {
      const { id } = await session({ charge_point_id });
      await write(id, { message: `At ${charge_point_id}.` });
    }
    await rowsWhere('true', 4);
    const of = async (charge_point_id: number, more: ListFeedback = {}) => {
      const { data, meta } = await table({ charge_point_id, ...more });
      return [data.map((one) => one.feedback_msg), meta.total];
    };
    expect(await of(2)).toEqual([['At 2.', 'At 2.'], 2]);
    expect(await of(2, { itemsPerPage: 1 })).toEqual([['At 2.'], 2]);
    expect(await of(1, { search: '2' })).toEqual([[], 0]);
    expect(await of(3)).toEqual([[], 0]);
  });

  it('of another account is not found', async () => {
    const { id } = await session({ charge_point_id: 3 });
    await write(id);
    const [row] = await rowsWhere('account_id = 2');
    const feedbackID = row?.id ?? 0;
    await expect(own.bus.call(feedback.one, { feedbackID }, owner())).rejects.toMatchObject({ code: 'not_found' });
    expect(await table()).toMatchObject({ data: [], meta: { total: 0 } });
    expect(await allRows(own.bus.stream(feedback.all, {}, owner()))).toEqual([]);
    expect((await table({}, rival())).data).toMatchObject([{ id: feedbackID }]);
  });

  it('is there for whoever keeps ratings of one power center, as it was told last', async () => {
    const { id, order } = await session();
    await write(id);
    const [given] = await rowsWhere(`order_id = ${order}`);
    await write(id, { rating: '1.5', time: after(90) });
    await rowsWhere('rating = 1.5');
    const ratings = (chargePointId: number) =>
      allRows<FeedbackGiven>(own.bus.stream(ordersInternal.ratings, { chargePointId }, internalCaller()));
    const domainEvents = await publishedEvents(own, 'feedback.given');
    const { previous_rating, ...last } = domainEvents.at(-1) ?? {};
    expect(previous_rating).toBe('3.90');
    expect(last).toMatchObject({ feedback_id: given?.id, rating: '1.50' });
    expect(await ratings(Number(last.charge_point_id))).toEqual([last]);
    expect(await ratings(999)).toEqual([]);
  });
});
