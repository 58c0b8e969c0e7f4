import { payoutsOperators, payoutsPayouts } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import Big from 'big.js';
import fc from 'fast-check';
import { Ledger } from '../ledger/ledger';
import { completedEntry, reversedEntry } from '../ledger/ledger.rules';
import { order, reversal } from '../test/orders';
import { type Payouts, startPayouts } from '../test/payouts';
import { type Manner, StripeServer } from '../test/stripe-server';
import { Execution } from './execution';
import { PayoutsRepository } from './payouts.repository';

type Step =
  | { readonly does: 'earns' | 'takes back'; readonly order: number }
  | { readonly does: 'asks' }
  | { readonly does: 'executes'; readonly manner: Manner }
  | { readonly does: 'crashes before it settles' }
  | { readonly does: 'forgets keys' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      does: fc.constantFrom('earns' as const, 'takes back' as const),
      order: fc.integer({ min: 1, max: 5 }),
    }),
    fc.constant({ does: 'asks' } as const),
    fc.record({
      does: fc.constant('executes' as const),
      manner: fc.constantFrom<Manner>('answers', 'loses', 'fails', 'refuses', 'limits'),
    }),
    fc.constant({ does: 'crashes before it settles' } as const),
    fc.constant({ does: 'forgets keys' } as const),
  ),
  { minLength: 5, maxLength: 25 },
);

describe('payouts, whatever happens in between', () => {
  let payouts: Payouts;
  let stripe: StripeServer;

  beforeAll(async () => {
    stripe = await StripeServer.start();
    payouts = await startPayouts('any_order', { STRIPE_SECRET_KEY: 'sk_test_local', STRIPE_API_URL: stripe.url });
  });
  afterAll(async () => {
    await payouts?.stop();
    await stripe?.stop();
  });
  afterEach(() => jest.restoreAllMocks());

  const begin = async (): Promise<void> => {
    await payouts.empty();
    stripe.manner = 'answers';
    stripe.transfers.length = stripe.accounts.length = 0;
    stripe.keys.clear();
    await payouts.addMethod();
  };
  const execute = async (): Promise<void> => {
    const open = await payouts.db.query<{ id: number }>(`select id from payouts where status = 'pending'`);
    for (const { id } of open)
      await payouts.bus.call(payoutsPayouts.execute, { id }, internalCaller()).catch(() => undefined);
  };
  const crash = async (): Promise<void> => {
    const settle = jest.spyOn(payouts.app.get(Execution), 'settle').mockRejectedValue(new Error('killed'));
    await execute();
    settle.mockRestore();
  };
  const does = async (step: Step): Promise<unknown> => {
    stripe.manner = step.does === 'executes' ? step.manner : 'answers';
    switch (step.does) {
      case 'earns':
      case 'takes back': {
        const given = { order_id: step.order, earning_usd: `${step.order}.019`, price_usd: '20' };
        const entry = step.does === 'earns' ? completedEntry(order(given)) : reversedEntry(reversal(given));
        return payouts.app.get(Transactions).run(() => payouts.app.get(Ledger).post([entry]));
      }
      case 'asks':
        return payouts.request().catch(() => undefined);
      case 'executes':
        return execute();
      case 'crashes before it settles':
        return crash();
      case 'forgets keys':
        return stripe.keys.clear();
    }
  };
  /** The judge: what is wrong once everything has come to rest. */
  const wrongs = async (): Promise<string[]> => {
    const rows = await payouts.db.query<{ provider_key: string; status: string; amount_usd: string }>(
      'select provider_key, status, amount_usd::text from payouts',
    );
    const found = rows.flatMap(({ provider_key, status, amount_usd }) => {
      const made = stripe.transfers.filter(({ transfer_group }) => transfer_group === provider_key);
      const wanted = status === 'paied' ? 1 : 0;
      const cents = new Big(amount_usd).times(100).round(0, Big.roundDown).toNumber();
      return [
        ...(made.length === wanted ? [] : [`${made.length} transfers of a payout that is ${status}`]),
        ...(made.every(({ amount }) => amount === cents) ? [] : ['another amount']),
      ];
    });
    const { discrepancy } = await payouts.bus.call(payoutsOperators.prove, {}, internalCaller());
    return discrepancy ? [...found, discrepancy] : found;
  };
  const holds = (runs: number) =>
    fc.assert(
      fc.asyncProperty(steps, async (story) => {
        await begin();
        for (const step of story) await does(step);
        stripe.manner = 'answers';
        await execute();
        expect(await wrongs()).toEqual([]);
      }),
      { numRuns: runs },
    );

  it('are paid once, to the cent, or not at all; and the ledger says which', () => holds(30));

  const unlucky: Step[] = [
    { does: 'earns', order: 1 },
    { does: 'asks' },
    { does: 'executes', manner: 'loses' },
    { does: 'forgets keys' },
  ];
  const judged = async (): Promise<string[]> => {
    await begin();
    for (const step of unlucky) await does(step);
    stripe.manner = 'answers';
    await execute();
    return wrongs();
  };

  it('would be paid twice by one who does not look first, which the judge sees', async () => {
    expect(await judged()).toEqual([]);
    stripe.blind = true;
    try {
      expect(await judged()).toEqual(['2 transfers of a payout that is paied']);
    } finally {
      stripe.blind = false;
    }
  });

  it('would be lost by one who settles without the ledger, which the judge sees', async () => {
    await begin();
    await does({ does: 'earns', order: 1 });
    await does({ does: 'asks' });
    await payouts.app.get(PayoutsRepository).settle(1, 'failed', 'forgotten');
    expect(await wrongs()).toEqual(['payout 1 is failed, which the ledger does not say']);
  });
});
