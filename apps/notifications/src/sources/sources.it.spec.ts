import {
  chargePointChanged,
  chargePointRemoved,
  chargerFaulted,
  chargerRecovered,
  feed,
  feedbackGiven,
  orderStarted,
  type OwnersEvent,
  payoutChanged,
  sessionLimitReached,
} from '@open-cpo/contracts';
import { payoutOf, powerCenterOf } from '../test/facts';
import { type Notifications, owner, rival, startNotifications } from '../test/notifications';

describe('owners are told', () => {
  let service: Notifications;
  let now: number;

  beforeAll(async () => {
    service = await startNotifications('sources');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    now = Date.now() - 60_000;
    await service.db.query('truncate feeds, events, inbox, power_centers');
  });

  const events = async (caller = owner()): Promise<OwnersEvent[]> =>
    (await service.bus.call(feed.after, { after: 0 }, caller)).events;
  const is = (status: string, second: number, id = 5, account = 1, more: object = {}) =>
    service.say(chargePointChanged, powerCenterOf(id, account, status, more), id, {
      at: new Date(now + second * 1000),
    });
  const changes = async (caller = owner()) =>
    (await events(caller)).map(({ data }) => `${String(data.previous_status)} > ${String(data.status)}`);

  it('when the status of a power center changes, and not when anything else does', async () => {
    await is('available', 1);
    await service.settled();
    expect(await events()).toEqual([]);
    await is('available', 2, 5, 1, { title: 'Another name', orders_count: 3 });
    await is('busy', 3);
    await is('available', 4);
    await service.settled();
    expect(await changes()).toEqual(['available > busy', 'busy > available']);
    expect((await events())[0]).toMatchObject({
      type: 'power_center.status_changed',
      data: {
        id: 5,
        identifier: 'PS_5',
        title: 'Power center 5',
        online_status: 1,
        is_in_use: true,
        available: false,
        connectors: [{ number: 1, status: 'busy' }],
      },
    });
  });

  it('when a driver rates an order, and rates it anew', async () => {
    const given = { feedback_id: 3, order_id: 7, account_id: 1, charge_point_id: 12 };
    await service.say(feedbackGiven, { ...given, rating: '4.50' }, 12);
    await service.say(feedbackGiven, { ...given, rating: '1.00', previous_rating: '4.50' }, 12);
    await service.settled();
    const order = { id: 7, feedback_id: 3, charge_point_id: 12 };
    expect((await events()).map(({ type, data }) => [type, data])).toEqual([
      ['order.rated', { ...order, rating: '4.50', previous_rating: null }],
      ['order.rated', { ...order, rating: '1.00', previous_rating: '4.50' }],
    ]);
    expect(await events(rival())).toEqual([]);
  });

  it('when a charger has a fault, and when it is over', async () => {
    const fault = {
      charger_id: 7,
      account_id: 1,
      charge_point_id: 12,
      connector_number: 1,
      error_code: 'GroundFailure',
    };
    const reported_at = '2025-05-12T10:02:00.000Z';
    await service.say(chargerFaulted, { ...fault, vendor_error_code: 'E42', info: 'RCD', reported_at }, 7);
    await service.say(chargerRecovered, { ...fault, reported_at }, 7);
    await service.settled();
    const about = { id: 7, charge_point_id: 12, connector_number: 1, error_code: 'GroundFailure', reported_at };
    expect((await events()).map(({ type, data }) => [type, data])).toEqual([
      ['charger.faulted', { ...about, vendor_error_code: 'E42', info: 'RCD' }],
      ['charger.recovered', { ...about, vendor_error_code: null, info: null }],
    ]);
    expect(await events(rival())).toEqual([]);
  });

  it('when a session has begun, with its id', async () => {
    const order = { order_id: 7, account_id: 1, charge_point_id: 12, connector_number: 2 };
    const started_at = '2025-05-12T09:02:00.000Z';
    await service.say(orderStarted, { ...order, started_at, session_id: 'ocpp.7.90412' }, 12);
    await service.settled();
    const [event] = await events();
    expect(event).toMatchObject({ type: 'order.started', data: { id: 7, session_id: 'ocpp.7.90412', status: 0 } });
  });

  it('when a session has reached its limit', async () => {
    const order = { order_id: 7, account_id: 1, charge_point_id: 12, connector_number: 2 };
    const times = { started_at: '2025-05-12T09:02:00.000Z', reached_at: '2025-05-12T10:02:00.000Z' };
    const limit = { session_id: 's-7', limit: 'session_limit', unit: 'minutes', value: '60' } as const;
    await service.say(sessionLimitReached, { ...order, ...times, ...limit }, 12);
    await service.settled();
    expect((await events()).map(({ type, data }) => [type, data])).toEqual([
      [
        'session.limit_reached',
        {
          id: 7,
          charge_point_id: 12,
          connector_number: 2,
          status: 0,
          created_at: '2025-05-12T09:02:00.000000Z',
          ...limit,
          reached_at: '2025-05-12T10:02:00.000000Z',
        },
      ],
    ]);
    expect(await events(rival())).toEqual([]);
  });

  it('when a connector does, or the charger goes offline', async () => {
    await is('available', 1);
    await is('available', 2, 5, 1, { online_status: 0 });
    await is('available', 3, 5, 1, { online_status: 0, connectors: [] });
    await service.settled();
    expect((await events()).map(({ data }) => [data.online_status, data.connectors])).toEqual([
      [0, [expect.anything()]],
      [0, []],
    ]);
  });

  it('nothing by a word that comes late, or twice', async () => {
    await is('available', 1);
    await is('busy', 3);
    await service.settled();
    await is('unavailable', 2);
    await is('busy', 3);
    await service.settled();
    expect(await changes()).toEqual(['available > busy']);
  });

  it('when a power center is removed, which is the last word', async () => {
    await is('available', 1);
    await service.say(chargePointRemoved, { id: 5, account_id: 1 }, 5, { at: new Date(now + 3000) });
    await is('busy', 2);
    await is('busy', 4);
    await service.settled();
    const told = await events();
    expect(told.at(-1)).toMatchObject({ type: 'power_center.removed', data: { id: 5 } });
    expect(told.filter(({ type }) => type === 'power_center.removed')).toHaveLength(1);
  });

  it('of their own power centers alone', async () => {
    await is('available', 1, 5, 1);
    await is('available', 1, 6, 2);
    await is('busy', 2, 5, 1);
    await is('unavailable', 2, 6, 2);
    await service.settled();
    expect([await changes(), await changes(rival())]).toEqual([['available > busy'], ['available > unavailable']]);
  });

  it('when they asked for a payout, and when it has ended', async () => {
    await service.say(payoutChanged, payoutOf(15), 15);
    await service.settled();
    await service.say(payoutChanged, payoutOf(15, 1, 'paied'), 15);
    await service.settled();
    await service.say(payoutChanged, payoutOf(16, 2, 'failed'), 16);
    await service.settled();
    expect((await events()).map(({ type }) => type)).toEqual(['payout.requested', 'payout.paid']);
    expect((await events())[1]?.data).toEqual({
      id: 15,
      payout_id: '15',
      payout_method_id: 1,
      user_id: 11,
      account_id: '******4567',
      amount: '953.47',
      currency: 'DZD',
      status: 'paied',
      response: 'The provider is being asked.',
      created_at: '2025-05-12T09:02:00.000000Z',
      updated_at: '2025-05-12T09:02:00.000000Z',
    });
    expect((await events(rival())).map(({ type }) => type)).toEqual(['payout.failed']);
  });
});
