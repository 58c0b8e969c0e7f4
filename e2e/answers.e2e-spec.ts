import { comingIn, apiKeys, members, ownUser, secondFactors } from './answers/account';
import { money, network } from './answers/business';
import { chargers } from './answers/chargers';
import { Described } from './answers/described';
import { events } from './answers/events';
import { People } from './answers/person';
import { everythingRefused } from './answers/refused';
import { demoUser, send } from './client';

const JOURNEYS = { ownUser, secondFactors, members, apiKeys, network, money, chargers, events };

type Journey = (people: People) => Promise<void>;

/** What the answers with one kind of credential are compared with, and the journey that waits for a minute. */
interface Compared {
  readonly described: Described;
  readonly comingIn: Promise<unknown>;
}

const take = (described: Described, withKeys: boolean, [name, journey]: [string, Journey]): Promise<unknown> =>
  journey(new People(described, withKeys)).catch((error: unknown) => described.faults.add(`${name}: ${String(error)}`));

const compared = new Map<boolean, Compared>();
beforeAll(async () => {
  // Beside all others, for both kinds at once.
  for (const withKeys of [false, true]) {
    const described = await Described.served();
    compared.set(withKeys, { described, comingIn: take(described, withKeys, ['comingIn', comingIn]) });
  }
});

describe.each([
  ['a token', false],
  ['a token and an API key', true],
])('answers to requests with %s', (_with, withKeys) => {
  let described: Described;
  beforeAll(() => ({ described } = compared.get(withKeys) as Compared));

  it('are as documented', async () => {
    for (const one of Object.entries(JOURNEYS)) await take(described, withKeys, one);
    await compared.get(withKeys)?.comingIn;
    expect([...described.faults].sort()).toEqual([]);
  });

  it('are as documented when they refuse', () => everythingRefused(new People(described, withKeys)));

  it('have nothing that the document does not know, lack nothing that it promises, and are of every kind in it', () => {
    expect([...described.faults].sort()).toEqual([]);
    expect(described.missing()).toEqual([]);
    expect(described.unseen()).toEqual([]);
  });
});

describe('the examples of paths', () => {
  /** What the demo gets from its drivers, or after a request of its owner. */
  const later = /^\/api\/(orders\/\{orderID\}|feedback\/|exports\/|imports\/\{|webhooks\/|chargers\/)/;

  it('are of things that the demo has', async () => {
    const { operations } = await Described.served();
    const token = await demoUser('owner');
    const answers: [string, number][] = [];
    for (const { method, path, parameters } of operations) {
      if (method !== 'GET' || !path.includes('{') || later.test(path)) continue;
      const example = (name: string) => String(parameters.find((one) => one.name === name)?.example);
      const url = path.replace(/\{(\w+)\}/g, (_, name: string) => example(name));
      if (!url.includes('reset-balance')) answers.push([url, (await send('GET', url, { token })).status]);
    }
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
  });
});
