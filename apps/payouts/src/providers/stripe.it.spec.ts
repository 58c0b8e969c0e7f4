import { payoutsMethods, payoutsOperators, payoutsPayouts, payoutsStripe } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import Stripe from 'stripe';
import { Orders } from '../test/orders';
import { owner, type Payouts, startPayouts } from '../test/payouts';
import { type Manner, StripeServer } from '../test/stripe-server';

const SECRET = 'whsec_local';

describe('payouts by Stripe', () => {
  let payouts: Payouts;
  let stripe: StripeServer;
  let orders: Orders;

  beforeAll(async () => {
    stripe = await StripeServer.start();
    payouts = await startPayouts('stripe', {
      STRIPE_SECRET_KEY: 'sk_test_local',
      STRIPE_WEBHOOK_SECRET: SECRET,
      STRIPE_API_URL: stripe.url,
      PUBLIC_URL: 'https://api.example.com',
    });
    orders = new Orders(payouts);
  });
  afterAll(async () => {
    await payouts?.stop();
    await stripe?.stop();
  });
  beforeEach(async () => {
    stripe.manner = 'answers';
    stripe.deaf = false;
    stripe.transfers.length = stripe.accounts.length = stripe.requests.length = 0;
    stripe.keys.clear();
    await payouts.empty();
    await payouts.addMethod();
  });

  const method = async () => (await payouts.bus.call(payoutsMethods.mine, {}, owner()))[0];
  const payout = async () => (await payouts.bus.call(payoutsPayouts.table, {}, owner())).data[0];
  const execute = () => payouts.bus.call(payoutsPayouts.execute, { id: 1 }, internalCaller({}, 30_000));
  const proved = async () => (await payouts.bus.call(payoutsOperators.prove, {}, internalCaller())).discrepancy;
  const requested = async (earning_usd = '7.129') => {
    await orders.completed({ earning_usd, price_usd: '20' });
    await orders.posted(1);
    await payouts.request();
  };

  it('begin with an account there and a link to go on with', async () => {
    expect(await method()).toMatchObject({
      details: { account_id: 'acct_1', account_status: 'Pending' },
      link: expect.stringMatching(/^https:\/\/connect\.stripe\.com\/setup\/s\/acct_1\/\d+$/),
    });
    expect(stripe.accounts[0]).toMatchObject({
      country: 'DZ',
      email: 'john@example.com',
      business_type: 'individual',
      'tos_acceptance[service_agreement]': 'recipient',
      'capabilities[transfers][requested]': 'true',
    });
  });

  it('make one account, although the first try was undone', async () => {
    await payouts.bus.call(payoutsMethods.remove, { payoutMethod_name: 'stripe' }, owner());
    await payouts.addMethod();
    expect(stripe.accounts).toHaveLength(1);
  });

  it('hand out a new link when the old one has ended, and the old one while Stripe is away', async () => {
    const before = (await method())?.link;
    expect((await method())?.link).toBe(before);
    await payouts.db.query(`update payout_methods set link_ends_at = now() - interval '1 minute'`);
    stripe.manner = 'fails';
    expect((await method())?.link).toBe(before);
    stripe.manner = 'answers';
    expect((await method())?.link).not.toBe(before);
  });

  it('say that nothing was added while Stripe is away', async () => {
    await payouts.bus.call(payoutsMethods.remove, { payoutMethod_name: 'stripe' }, owner());
    stripe.manner = 'fails';
    stripe.keys.clear();
    await expect(payouts.addMethod()).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(await payouts.bus.call(payoutsMethods.mine, {}, owner())).toEqual([]);
  });

  it('transfer whole cents, never more than is owed', async () => {
    await requested();
    expect(await execute()).toEqual({ status: 'paied' });
    expect(stripe.transfers).toEqual([
      expect.objectContaining({
        amount: 712,
        currency: 'usd',
        destination: 'acct_1',
        transfer_group: expect.any(String),
      }),
    ]);
    expect(await payout()).toMatchObject({ status: 'paied', response: 'Transfer tr_1', account_id: 'acct_1' });
    expect(await proved()).toBe('');
  });

  it.each<[Manner, number, number]>([
    ['fails', 2, 0],
    ['limits', 2, 0],
    ['hangs', 1, 0],
    // What it has done is found by the hedged request.
    ['loses', 1, 1],
  ])('ask again when Stripe %s, and pay once', async (manner, times, meanwhile) => {
    await requested();
    stripe.manner = manner;
    for (let tries = 0; tries < times; tries += 1) {
      await expect(execute()).rejects.toMatchObject({ code: 'service_unavailable' });
    }
    expect(stripe.transfers).toHaveLength(meanwhile);
    expect(await payout()).toMatchObject({
      status: 'pending',
      response: 'The provider did not answer and is asked again.',
    });
    // A day later Stripe has forgotten the keys.
    stripe.keys.clear();
    stripe.manner = 'answers';
    expect(await execute()).toEqual({ status: 'paied' });
    expect(stripe.transfers).toHaveLength(1);
    expect(await proved()).toBe('');
  });

  it('take no answer to the question for an answer to the transfer', async () => {
    await requested();
    stripe.manner = 'loses';
    await expect(execute()).rejects.toMatchObject({ code: 'service_unavailable' });
    stripe.manner = 'answers';
    stripe.deaf = true;
    await expect(execute()).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(await payout()).toMatchObject({ status: 'pending' });
    stripe.deaf = false;
    expect(await execute()).toEqual({ status: 'paied' });
    expect(stripe.transfers).toHaveLength(1);
  });

  it('show, transfer and post one amount; the rest stays owed', async () => {
    await requested('8.50595');
    expect(await execute()).toEqual({ status: 'paied' });
    expect(stripe.transfers).toEqual([expect.objectContaining({ amount: 850 })]);
    const usd = { ...owner(), identity: { ...owner().identity, currency: 'USD' } as never };
    expect((await payouts.bus.call(payoutsPayouts.table, {}, usd)).data[0]).toMatchObject({ amount: '8.50' });
    const [left] = await payouts.db.query<{ sum: string }>(
      `select trim_scale(sum(amount))::text as sum from ledger_postings where ledger = 'owner_payable'`,
    );
    expect(left).toEqual({ sum: '0.00595' });
    expect(await proved()).toBe('');
  });

  it('are refused for a method that Stripe has rejected', async () => {
    await orders.completed({ earning_usd: '7', price_usd: '20' });
    await orders.posted(1);
    await payouts.db.query(`update payout_methods set status = 'Rejected'`);
    await expect(payouts.request()).rejects.toMatchObject({
      fields: { payout_method: ['The payout method was rejected by its provider.'] },
    });
  });

  it('pay once when two workers ask at the same time', async () => {
    await requested();
    await Promise.all([execute(), execute(), execute(), execute()]);
    expect(stripe.transfers).toHaveLength(1);
    expect(await proved()).toBe('');
  });

  it('give the money back when Stripe says no, and say why', async () => {
    await requested();
    stripe.manner = 'refuses';
    expect(await execute()).toEqual({ status: 'failed' });
    expect(await payout()).toMatchObject({ status: 'failed', response: expect.stringMatching(/capabilities enabled/) });
    stripe.manner = 'answers';
    expect(await execute()).toEqual({ status: 'failed' });
    expect(stripe.transfers).toEqual([]);
    await payouts.request();
    expect(await proved()).toBe('');
  });

  describe('hear', () => {
    const event = (changes: object = {}, account: object = {}) =>
      JSON.stringify({
        id: 'evt_1',
        object: 'event',
        type: 'account.updated',
        created: 2_000_000_000,
        data: { object: { id: 'acct_1', object: 'account', capabilities: { transfers: 'active' }, ...account } },
        ...changes,
      });
    const signed = (payload: string, options: { timestamp?: number; secret?: string } = {}) =>
      Stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET, ...options });
    const tell = (payload: string, signature = signed(payload)) =>
      payouts.bus.call(payoutsStripe.take, { payload, signature }, internalCaller());
    const state = async () => (await method())?.details?.account_status;

    it('that an account is ready, or was rejected', async () => {
      await tell(event());
      expect(await state()).toBe('Active');
      const requirements = { disabled_reason: 'rejected.fraud' };
      await tell(event({ id: 'evt_2', created: 2_000_000_001 }, { requirements }));
      expect(await state()).toBe('Rejected');
    });

    it('each event once, and an older word after a newer one not at all', async () => {
      await tell(event());
      const stale = event({ id: 'evt_0', created: 1_999_999_999 }, { capabilities: { transfers: 'inactive' } });
      await tell(stale);
      expect(await state()).toBe('Active');
      await tell(event({ created: 2_000_000_009 }, { capabilities: { transfers: 'inactive' } }));
      expect(await state()).toBe('Active');
      expect(await payouts.db.query('select id from provider_events order by id')).toHaveLength(2);
    });

    it('of one second what Stripe says when it is asked again', async () => {
      await tell(event());
      stripe.capability = 'active';
      await tell(event({ id: 'evt_2' }, { capabilities: { transfers: 'inactive' } }));
      expect(await state()).toBe('Active');
      stripe.capability = 'inactive';
      await tell(event({ id: 'evt_3' }));
      expect(await state()).toBe('Pending');
    });

    it('of other things without a word', async () => {
      await tell(event({ id: 'evt_3', type: 'payout.paid' }));
      expect(await state()).toBe('Pending');
    });

    const now = Math.floor(Date.now() / 1000);
    it.each([
      ['with another key', () => signed(event(), { secret: 'whsec_other' })],
      ['of something else', () => signed(event({ id: 'evt_9' }))],
      ['from ten minutes ago', () => signed(event(), { timestamp: now - 600 })],
      ['of no form', () => 'signed by me'],
    ])('nothing that is signed %s', async (_, signature) => {
      await expect(tell(event(), signature())).rejects.toMatchObject({ code: 'malformed_request' });
      expect(await state()).toBe('Pending');
    });
  });
});
