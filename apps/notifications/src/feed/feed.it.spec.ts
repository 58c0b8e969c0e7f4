import {
  type FeedGrown,
  feed,
  feedGrown,
  orderCompleted,
  orderReversed,
  orderStarted,
  type OwnersEvent,
} from '@open-cpo/contracts';
import type { INestMicroservice } from '@nestjs/common';
import { internalCaller } from '@open-cpo/messaging';
import { stopTestApp } from '@open-cpo/testing';
import { orderOf } from '../test/facts';
import { type Notifications, owner, rival, startNotifications } from '../test/notifications';
import type { News } from './news';
import { Publishing } from './publishing';
import { Retention } from './retention';

describe('a feed', () => {
  let service: Notifications;

  beforeAll(async () => {
    service = await startNotifications('feed');
  });
  afterAll(() => service?.stop());
  beforeEach(() => service.db.query('truncate feeds, events, inbox'));

  const slice = (after?: number, caller = owner(), most?: number) =>
    service.bus.call(feed.after, { after, most }, caller);
  const sequences = ({ events }: { events: OwnersEvent[] }) => events.map(({ sequence }) => sequence);
  const complete = (id: number, accountId = 1) => service.say(orderCompleted, orderOf(id, accountId), 12);

  const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
  const news = (n: number, account_id: number): News => {
    const at = new Date().toISOString();
    return { id: `again-${n}`, account_id, type: 'order.completed', occurred_at: at, data: {} };
  };

  it('is empty before anything has happened', async () => {
    expect(await slice()).toEqual({ events: [], oldest: 1, head: 0 });
    expect(await slice(0)).toEqual({ events: [], oldest: 1, head: 0 });
  });

  it('tells of orders in the words of the API, in order', async () => {
    const started = { order_id: 7, account_id: 1, charge_point_id: 12, started_at: '2025-05-12T08:00:00.000Z' };
    await service.say(orderStarted, started, 12);
    await service.settled();
    const at = new Date();
    const id = await service.say(orderCompleted, orderOf(7), 12, { at });
    await service.settled();
    await service.say(orderReversed, { ...orderOf(7), reason: 'the meter was broken' }, 12);
    await service.settled();
    const { events } = await slice(0);
    expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['order.started', 1],
      ['order.completed', 2],
      ['order.reversed', 3],
    ]);
    expect(events[1]).toEqual({
      id,
      type: 'order.completed',
      sequence: 2,
      occurred_at: at.toISOString().replace('Z', '000Z'),
      data: {
        id: 7,
        charge_point_id: 12,
        connector_number: 1,
        charging_session_time: '51.7700',
        charging_session_energy: '1.5600',
        price: '102.0000',
        fees: '1.00',
        earning: '15.30',
        currency: 'USD',
        payment: 'electronic',
        worker_id: null,
        delivery_date: '2025-05-12T09:02:00.000000Z',
        revision: 1,
        status: 1,
      },
    });
    expect(JSON.stringify(events)).not.toContain('broken');
    expect(events[2]?.data).toMatchObject({ id: 7, status: 2 });
  });

  it('belongs to one account: another never sees it', async () => {
    await Promise.all([complete(1), complete(2), complete(3, 2)]);
    await service.settled();
    expect(sequences(await slice(0))).toEqual([1, 2]);
    const others = await slice(0, rival());
    expect(others.events.map(({ data, sequence }) => [data.id, sequence])).toEqual([[3, 1]]);
  });

  it('counts without a gap, whichever replica keeps an event and however often it comes', async () => {
    const replica = await service.replica();
    const ids = upTo(300);
    await Promise.all(ids.map((n) => complete(n, 1 + (n % 2))));
    await service.settled();
    // As the stream redelivers them without an acknowledgement.
    const again = async (app: INestMicroservice) => app.get(Publishing).publish(ids.map((n) => news(n, 1 + (n % 2))));
    await Promise.all([again(replica), again(service.app), again(replica), again(service.app)]);
    for (const caller of [owner(), rival()]) {
      expect(sequences(await slice(0, caller, 500))).toEqual(upTo(300));
    }
    await stopTestApp(replica);
  });

  it('is read on in slices, and says when what follows is not kept any more', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((id) => complete(id)));
    await service.settled();
    expect(await slice(1, owner(), 2)).toMatchObject({
      events: [{ sequence: 2 }, { sequence: 3 }],
      oldest: 1,
      head: 5,
    });
    await service.db.query(`update events set kept_at = now() - interval '8 days' where sequence <= 3`);
    await service.app.get(Retention).run();
    expect(await slice(1)).toEqual({ events: [], oldest: 4, head: 5 });
    expect(sequences(await slice(3))).toEqual([4, 5]);
    await service.db.query('delete from events');
    expect(await slice(5)).toEqual({ events: [], oldest: 6, head: 5 });
    expect(await slice(9)).toEqual({ events: [], oldest: 6, head: 5 });
  });

  it('does not begin with what is older than it reaches back', async () => {
    await service.say(orderCompleted, orderOf(1), 12, { at: new Date(Date.now() - 8 * 24 * 60 * 60 * 1000) });
    await service.settled();
    expect(await slice()).toMatchObject({ head: 0 });
  });

  it('tells whoever listens at the moment, and others where it stands', async () => {
    const heard: FeedGrown[] = [];
    const listening = service.nats.subscribe(`${feedGrown.subject}.1`, {
      callback: (_, message) => void heard.push(message.json<FeedGrown>()),
    });
    await service.nats.flush();
    await complete(1);
    await service.settled();
    await service.nats.flush();
    expect(heard).toEqual([{ head: 1, events: [expect.objectContaining({ type: 'order.completed', sequence: 1 })] }]);
    listening.unsubscribe();
    const heads = service.bus.call(feed.heads, { accounts: [1, 2] }, internalCaller());
    expect(await heads).toEqual([{ account_id: 1, head: 1 }]);
  });

  it('asks for who asks, and for numbers', async () => {
    await expect(service.bus.call(feed.after, { after: 0 }, internalCaller())).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await expect(slice(-1)).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(slice(0, owner(), 501)).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
