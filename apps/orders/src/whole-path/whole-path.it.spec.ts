import { type Order, orders as ordersApi, payoutsBalance, payoutsOperators } from '@open-cpo/contracts';
import { allRows, internalCaller } from '@open-cpo/messaging';
import { environment } from '@open-cpo/platform';
import { until } from '@open-cpo/testing';
import Big from 'big.js';
import fc from 'fast-check';
import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { deadLetters, inDisorder, struck } from '../test/disorder';
import { type KillableSystem, startKillable } from '../test/killable';
import { know, owner, rebuild, rival } from '../test/orders';
import { cost, type Money, moneyOf, type Prices } from './test/model';
import { DIRT, storyOf } from './test/stories';
import type { Chance, Expected, Message, Story } from './test/truth';

/** A run is two deaths and some fifty sessions, and takes about 15 seconds. */
const RUNS = Number(environment().WHOLE_PATH_RUNS ?? 3);
const CLEAN = 12;
const TERMS = { share: '0.85', fee: '0.37' };
const RATES = { 1: '136.209406', 2: '0.709' } as const;
const ownerOf = (powerCenter: number): 1 | 2 => (powerCenter < 3 ? 1 : 2);

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const NOW = Math.floor(Date.now() / DAY) * DAY;
/** The first power center has other prices from here on. */
const CHANGE = NOW - 20 * DAY;

const usd = (amount: string, account: 1 | 2): string => new Big(amount).times(RATES[account]).toFixed();
const range = (from: number, to: number, price: string) => ({ from, to, price });
const BEFORE: Prices = { unit: 'energy', offset: 60, base: usd('1', 1), ranges: [range(540, 600, usd('3', 1))] };
const SINCE: Prices = {
  unit: 'energy',
  offset: 60,
  base: usd('2', 1),
  ranges: [range(0, 30, usd('0.5', 1)), range(1200, 1440, '9.99')],
};
const PRICES: Readonly<Record<number, Prices>> = {
  2: { unit: 'minutes', offset: 60, base: usd('2', 1), ranges: [] },
  3: { unit: 'minutes', offset: 180, base: usd('0.07', 2), ranges: [range(480, 1080, usd('0.11', 2))] },
  4: { unit: 'energy', offset: 180, base: '0.127', ranges: [range(360, 1440, '0.311')], limitMinutes: 90 },
};
const pricesOf = (powerCenter: number, begin: number): Prices =>
  PRICES[powerCenter] ?? (begin < CHANGE ? BEFORE : SINCE);

const clock = (minute: number): string =>
  minute === 1440 ? '23:59' : new Date(minute * MINUTE).toISOString().slice(11, 16);
const entered = (usdPrice: string, amount: string | null = null, currency: string | null = null) => ({
  usd: usdPrice,
  amount,
  currency,
});
const tariff = (
  prices: Prices,
  zone: string,
  base: ReturnType<typeof entered>,
  ranges: readonly ReturnType<typeof entered>[],
) => ({
  unit: prices.unit,
  time_zone: zone,
  base_usd: base.usd,
  base_amount: base.amount,
  base_currency: base.currency,
  ranges: ranges.map((price, at) => ({
    id: at + 1,
    price_usd: price.usd,
    amount: price.amount,
    currency: price.currency,
    starting: clock(prices.ranges[at]?.from ?? 0),
    ending: clock(prices.ranges[at]?.to ?? 0),
  })),
  limit_type: prices.limitMinutes ? 'minutes' : null,
  limit_value: prices.limitMinutes ?? 0,
});
const inJod = (amount: string) => entered(new Big(amount).div(RATES[2]).toFixed(8), amount, 'JOD');
const TARIFFS = [
  [
    1,
    new Date(CHANGE).toISOString(),
    tariff(SINCE, 'Africa/Algiers', entered('2'), [
      entered('0.5'),
      entered(new Big('9.99').div(RATES[1]).toFixed(8), '9.99', 'DZD'),
    ]),
  ],
  [3, '2020-01-01', tariff(PRICES[3] as Prices, 'Asia/Amman', entered('0.07'), [entered('0.11')])],
  [4, '2020-01-01', tariff(PRICES[4] as Prices, 'Asia/Amman', inJod('0.127'), [inJod('0.311')])],
] as const;

const chance = fc.record({
  powerCenter: fc.integer({ min: 1, max: 4 }),
  begin: fc.oneof(
    fc.integer({ min: 9 * 86_400, max: 40 * 86_400 }).map((seconds) => NOW - seconds * 1000),
    fc.integer({ min: -7200, max: 7200 }).map((seconds) => CHANGE + seconds * 1000),
  ),
  minutes: fc.integer({ min: 31, max: 600 }),
  kilowatts: fc.integer({ min: 2, max: 9 }),
  readings: fc.integer({ min: 4, max: 9 }),
  register: fc.integer({ min: 200_000, max: 800_000 }),
});
const run = fc.record({
  sessions: fc.array(chance, { minLength: DIRT.length + CLEAN, maxLength: DIRT.length + CLEAN }),
  disorder: fc.integer({ min: 1, max: 1_000_000 }),
  deaths: fc.array(
    fc.record({ part: fc.integer({ min: 0, max: 3 }), when: fc.integer({ min: 0, max: 2 }), payouts: fc.boolean() }),
    {
      minLength: 0,
      maxLength: 2,
    },
  ),
});
type Run = typeof run extends fc.Arbitrary<infer R> ? R : never;

const PARTS = 4;
const COLUMNS = `id, session_id, charge_point_id, status, held, flags, payment, day::text, quantity, charging_session_energy as energy,
  charging_session_time as minutes, price_usd, earning_usd, fees_usd, price_amount, earning_amount`;
interface Row extends Record<string, unknown> {
  readonly session_id: string;
  readonly charge_point_id: number;
  readonly flags: readonly string[];
}
/** Those whose repetitions are equal, and are not dead-lettered. */
const repeatable = ({ messages, dead, rivals = [] }: Story): Message[] => {
  const not = new Set([...dead, ...rivals.flatMap(({ ids }) => ids)]);
  return messages.filter(({ id }) => !not.has(id));
};
const fixed = (value: Big, decimals = 8): string => value.round(decimals, Big.roundHalfUp).toFixed(decimals);

describe('whatever chargers send, however often and in whatever order, while services die', () => {
  let system: KillableSystem;
  let runs = 0;
  /** What the ledger, the statistics and the balances must come to, of all runs. */
  const sums = new Map<string, Big>();
  const add = (key: string, amount: Big): void => void sums.set(key, (sums.get(key) ?? new Big(0)).plus(amount));
  const dead = new Set<string>();

  beforeAll(async () => {
    system = await startKillable('whole_path', { env: { ORDER_FLAT_FEE_USD: TERMS.fee } });
    await know({ nats: system.nats, db: system.orders.db }, 4, 2);
    for (const [id, from, prices] of TARIFFS)
      await system.orders.db.query('insert into charge_point_tariffs values ($1, $2, $3)', [
        id,
        from,
        JSON.stringify(prices),
      ]);
  });
  afterAll(() => system?.stop());

  const publish = ({ id, subject, body }: Message): Promise<unknown> => {
    const head = headers();
    head.set('Nats-Msg-Id', id);
    head.set('occurred-at', new Date().toISOString());
    return jetstream(system.nats).publish(subject, body, { headers: head });
  };

  const tell = async (messages: readonly Message[], deaths: Run['deaths']): Promise<void> => {
    const size = Math.ceil(messages.length / PARTS);
    for (let part = 0; part < PARTS; part += 1) {
      const some = () => Promise.all(messages.slice(part * size, (part + 1) * size).map(publish));
      const death = deaths.find((one) => one.part === part);
      if (!death) await some();
      else {
        const [published] = await struck(system, death.when, some);
        const victims = death.payouts ? [system.orders, system.payouts] : [system.orders];
        await Promise.all(victims.map((victim) => victim.kill()));
        await published;
        await Promise.all(victims.map((victim) => victim.start()));
      }
    }
  };

  /** Of rivals the first one counts, which stands at the beginning. */
  const decided = (story: Story, rank: (ids: readonly string[]) => number) => {
    const rivals = [...(story.rivals ?? [])].sort((a, b) => rank(a.ids) - rank(b.ids));
    return {
      story,
      expected: rivals[0]?.expected ?? story.expected,
      dead: [...story.dead, ...rivals.slice(1).flatMap(({ ids }) => ids)],
    };
  };

  const rows = async (stories: readonly Story[]): Promise<Map<string, Row>> => {
    const ids = stories.map(({ sessionId }) => sessionId);
    const found = await system.orders.db.query<Row>(`select ${COLUMNS} from orders where session_id = any($1)`, [ids]);
    return new Map(found.map((row) => [row.session_id, row]));
  };

  const book = (account: 1 | 2, payment: string, money: Money): void => {
    const revenue = money.price.minus(money.earning).plus(money.fee);
    if (payment === 'electronic') {
      add('clearing', money.price.plus(money.fee).neg());
      add(`owner_payable ${account}`, money.earning);
      add(`balance ${account}`, money.earningOwn);
      add('platform_revenue', revenue);
    } else if (payment === 'cash') {
      add(`owner_payable ${account}`, revenue.neg());
      add(`balance ${account}`, revenue.times(RATES[account]).round(8, Big.roundHalfUp).neg());
      add('platform_revenue', revenue);
    }
  };

  const judgeCompleted = (
    sessionId: string,
    row: Row | undefined,
    { drawn, powerCenter, payment, flags }: Extract<Expected, { is: 'completed' }>,
  ) => {
    const begin = drawn[0]?.[0] ?? 0;
    const end = drawn.at(-1)?.[0] ?? begin;
    const account = ownerOf(powerCenter);
    const prices = pricesOf(powerCenter, begin);
    const { quantity, total } = cost(drawn, prices);
    const money = moneyOf(total, {
      rate: RATES[account],
      share: TERMS.share,
      fee: payment === 'settled' ? '0' : TERMS.fee,
    });
    const day = new Date(end + prices.offset * MINUTE).toISOString().slice(0, 10);
    expect({ sessionId, ...row }).toMatchObject({
      sessionId,
      charge_point_id: powerCenter,
      status: 1,
      held: false,
      payment,
      day,
      flags: expect.arrayContaining([...flags]) as string[],
      quantity: fixed(quantity, 4),
      energy: fixed(new Big(drawn.at(-1)?.[1] ?? 0).div(1000), 4),
      minutes: fixed(new Big(end - begin).div(MINUTE), 4),
      price_usd: fixed(money.price),
      earning_usd: fixed(money.earning),
      fees_usd: fixed(money.fee),
      price_amount: fixed(money.priceOwn),
      earning_amount: fixed(money.earningOwn),
    });
    book(account, payment, money);
    add(`day ${powerCenter} ${day}`, money.earning);
    add(`list ${account}`, money.earningOwn);
  };

  const judge = ({ sessionId }: Story, row: Row | undefined, expected: Expected): void => {
    if (expected.is === 'completed') return judgeCompleted(sessionId, row, expected);
    if (expected.is === 'none') return void expect({ sessionId, row }).toEqual({ sessionId, row: undefined });
    const price_usd = '0.00000000';
    expect({ sessionId, ...row }).toMatchObject({ sessionId, status: 0, held: expected.is === 'held', price_usd });
    if (expected.is === 'held') expect(row?.flags).toContain(expected.flag);
  };

  const agrees = async (): Promise<void> => {
    const { orders, payouts, bus } = system;
    const ledger = await payouts.db.query<{ ledger: string; owner_id: number | null; amount: string }>(
      'select ledger, owner_id, sum(amount) as amount from ledger_postings group by 1, 2',
    );
    const posted = Object.fromEntries(
      ledger.map(({ ledger: name, owner_id, amount }) => [`${name} ${owner_id ?? ''}`.trim(), fixed(new Big(amount))]),
    );
    const expected = (prefix: RegExp) =>
      Object.fromEntries([...sums].filter(([key]) => prefix.test(key)).map(([key, sum]) => [key, fixed(sum)]));
    expect(posted).toEqual(expected(/^(clearing|owner_payable|platform_revenue)/));
    const days = await orders.db.query<{ id: number; day: string; earned: string }>(
      'select charge_point_id as id, day::text, earnings_usd as earned from charge_point_days',
    );
    expect(Object.fromEntries(days.map(({ id, day, earned }) => [`day ${id} ${day}`, earned]))).toEqual(
      expected(/^day/),
    );
    expect(await rebuild(system)).toBe(0);
    for (const [account, viewer] of [
      [1, owner()],
      [2, rival()],
    ] as const) {
      const cents = fixed(sums.get(`balance ${account}`) ?? new Big(0), 2);
      expect((await bus.call(payoutsBalance.one, {}, viewer)).balance).toBe(cents);
      const list = await allRows<Order>(bus.stream(ordersApi.all, {}, viewer));
      const [{ n } = { n: 0 }] = await orders.db.query<{ n: number }>(
        'select count(*)::int as n from orders where account_id = $1',
        [account],
      );
      expect(list).toHaveLength(n);
      const shown = list.reduce((sum, { earning }) => sum.plus(earning), new Big(0));
      // Each is shown with two decimals.
      expect(
        shown
          .minus(sums.get(`list ${account}`) ?? 0)
          .abs()
          .lte(new Big('0.005').times(n)),
      ).toBe(true);
    }
    expect(await bus.call(payoutsOperators.prove, {}, internalCaller({}, 60_000))).toMatchObject({ discrepancy: '' });
  };

  const tellAll = async ({ sessions, disorder, deaths }: Run) => {
    runs += 1;
    const stories = sessions.map((one: Chance, at) => {
      const kind = DIRT[at] ?? 'clean';
      return storyOf(kind, `${kind} ${runs * 1000 + at}`, one);
    });
    const whole = stories.flatMap((story) => story.messages);
    const messages = inDisorder(whole, stories.flatMap(repeatable), disorder);
    await tell(messages, deaths);
    const complete = stories.filter(({ expected }) => expected.is === 'completed');
    const isComplete = ({ status }: Row): boolean => status === 1;
    const count = async () => [...(await rows(complete)).values()].filter(isComplete).length;
    await until(async () => (await count()) === complete.length, 'orders to be completed');
    await system.settled();
    return { stories, messages };
  };

  it(
    'every kWh is priced, held for review or dead-lettered with a reason, and all sums agree',
    async () => {
      const property = fc.asyncProperty(run, async (chances) => {
        const { stories, messages } = await tellAll(chances);
        const letters = await deadLetters(system.nats);
        const place = (ids: readonly string[]) => messages.findIndex(({ id }) => ids.includes(id));
        const outcomes = stories.map((story) => decided(story, place));
        const found = await rows(stories);
        for (const { story, expected, dead: lost } of outcomes) {
          judge(story, found.get(story.sessionId), expected);
          lost.forEach((id) => dead.add(id));
        }
        expect([...letters.keys()].sort()).toEqual([...dead].sort());
        for (const reason of letters.values()) expect(reason).toMatch(/.{10}/);
        await agrees();
      });
      await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
    },
    Math.max(600_000, RUNS * 120_000),
  );
});
