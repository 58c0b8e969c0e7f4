import { Controller } from '@nestjs/common';
import {
  type CompletedOrders,
  type CorrectionRecorded,
  type CorrectOrder,
  type HandlersOf,
  type HeldOrders,
  type ListHeldOrders,
  type LoadedOrders,
  ordersOperators,
  type OrderState,
  type PowerCentersRelearned,
  type RebuildOrders,
  type RecordCorrection,
  type Rebuilt,
  Refusal,
  type RelearnPowerCenters,
  type ReverseOrder,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { startTestService, type TestBroker, testBroker, type TestService } from '@open-cpo/testing';
import { operator } from './operator';

const asked: object[] = [];
const counted: Record<string, Rebuilt> = {
  begin: { rows: 50, corrected: 1, next: 'accounts 50' },
  'accounts 50': { rows: 3, corrected: 0, next: 'power-centers 0' },
  'power-centers 0': { rows: 40, corrected: 2, next: null },
};
const state = { status: 1, revision: 2, price_usd: '10.00000000', earning_usd: '8.50000000' };

@Controller()
class Orders implements HandlersOf<typeof ordersOperators> {
  @Handles(ordersOperators.reverse)
  async reverse(input: ReverseOrder): Promise<OrderState> {
    asked.push(input);
    if (input.orderId === 404) throw new Refusal('not_found');
    return { id: input.orderId, status: 2, revision: 1, price_usd: '0.00000000', earning_usd: '0.00000000' };
  }

  @Handles(ordersOperators.held)
  async held(input: ListHeldOrders): Promise<HeldOrders> {
    asked.push(input);
    const about = { session_id: 's', account_id: 1, charge_point_id: 2, minutes: '9.0000', energy: '0.0000' };
    const times = { started_at: '1970-01-01T00:00:12Z', ended_at: null };
    return { orders: [{ id: 5, ...about, ...times, flags: ['start_too_old', 'session_too_long'] }] };
  }

  @Handles(ordersOperators.release)
  async release(input: ReverseOrder): Promise<OrderState> {
    asked.push(input);
    return { id: input.orderId, ...state };
  }

  @Handles(ordersOperators.settle)
  async settle(input: ReverseOrder): Promise<OrderState> {
    asked.push(input);
    return { id: input.orderId, ...state };
  }

  @Handles(ordersOperators.recordCorrection)
  async recordCorrection(input: RecordCorrection): Promise<CorrectionRecorded> {
    asked.push(input);
    return { number: input.number };
  }

  @Handles(ordersOperators.void)
  async void(input: ReverseOrder): Promise<OrderState> {
    asked.push(input);
    return { id: input.orderId, ...state, status: 2, revision: 0, price_usd: '0', earning_usd: '0' };
  }

  @Handles(ordersOperators.correct)
  async correct(input: CorrectOrder): Promise<OrderState> {
    asked.push(input);
    return { id: input.orderId, ...state };
  }

  @Handles(ordersOperators.completed)
  async completed(): Promise<CompletedOrders> {
    return { orders: [], upTo: 0, last: true };
  }

  @Handles(ordersOperators.rebuild)
  async rebuild(input: RebuildOrders): Promise<Rebuilt> {
    asked.push(input);
    return counted[input.after ?? 'begin'] as Rebuilt;
  }

  @Handles(ordersOperators.relearn)
  async relearn(input: RelearnPowerCenters): Promise<PowerCentersRelearned> {
    asked.push(input);
    return input.after ? { rows: 7, corrected: 0, next: null } : { rows: 200, corrected: 4, next: 207 };
  }

  @Handles(ordersOperators.load)
  async load(): Promise<LoadedOrders> {
    return { loaded: 0 };
  }
}

class OrdersModule {}

describe('npm run operator -- orders', () => {
  let broker: TestBroker;
  let service: TestService;

  beforeAll(async () => {
    broker = await testBroker();
    const module = { module: OrdersModule, controllers: [Orders] };
    service = await startTestService({ broker, module, serves: [ordersOperators], name: 'orders' });
  });
  afterAll(async () => {
    await service?.stop();
    await broker?.stop();
  });
  beforeEach(() => void asked.splice(0));

  const run = (...args: string[]) => operator(['orders', ...args], { natsUrl: broker.url });

  it('reverse says what the order is now', async () => {
    const out = 'Order 3 is taken back: 0.00000000 USD, of which 0.00000000 USD are the owner’s.';
    expect(await run('reverse', '3', '--reason', 'a complaint')).toEqual({ code: 0, out });
    expect(asked).toMatchObject([{ orderId: 3, reason: 'a complaint', by: expect.stringMatching(/@/) as string }]);
    expect(await run('reverse', '404', '--reason', 'a complaint')).toMatchObject({ code: 1 });
  });

  it('correct hands on what the session really was', async () => {
    const out = 'Order 3 is complete: 10.00000000 USD, of which 8.50000000 USD are the owner’s.';
    const truth = ['--ended', '2025-01-08T07:38:27Z', '--energy', '400.5', '--reason', 'a broken meter'];
    expect(await run('correct', '3', ...truth)).toEqual({ code: 0, out });
    expect(asked).toMatchObject([{ orderId: 3, ended_at: '2025-01-08T07:38:27Z', energy_wh: 400.5 }]);
    expect(await run('correct', '3', '--reason', 'again')).toMatchObject({ code: 0 });
  });

  it.each(['settle', 'release'])('%s completes', async (command) => {
    const out = 'Order 3 is complete: 10.00000000 USD, of which 8.50000000 USD are the owner’s.';
    expect(await run(command, '3', '--reason', 'a lost end')).toEqual({ code: 0, out });
    expect(asked).toMatchObject([{ orderId: 3, reason: 'a lost end' }]);
  });

  it.each([
    ['an order without a number', ['reverse', 'x', '--reason', 'why']],
    ['no reason', ['correct', '3']],
    ['an energy that is none', ['correct', '3', '--reason', 'why', '--energy', 'much']],
  ])('understands no %s', async (_, args) => {
    expect(await run(...args)).toMatchObject({ code: 2 });
    expect(asked).toEqual([]);
  });

  it('rebuild goes through accounts and power centers, a part at a time', async () => {
    const out = '3 of 93 accounts and power centers were counted wrongly; all are right now.';
    expect(await run('rebuild')).toEqual({ code: 0, out });
    expect(asked).toHaveLength(3);
  });

  it('relearn goes through all power centers', async () => {
    const out = '207 power centers are as stations has them; 4 were not.';
    expect(await run('relearn')).toEqual({ code: 0, out });
    expect(asked).toMatchObject([{}, { after: 207 }]);
  });
});
