import { performance } from 'node:perf_hooks';
import { Metrics } from '@open-cpo/platform';
import { AnswerCache } from './answer-cache';

const CHECK_INTERVAL_MS = 5000;
const stamps = { now: 1, holds: () => true, touch: () => undefined };
const identity = { userId: 1, accountId: 1, role: 'owner', currency: 'USD', timeZone: 'UTC' };
const admitted = { caller: { identity, language: 'en' }, integration: false, refreshDue: false };
const route = { cached: [], takes: [], topics: [] };

let cache: AnswerCache;
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['performance'] });
  cache = new AnswerCache(stamps as never, { cacheMaxAge: 10_000 } as never, new Metrics());
});
afterEach(() => {
  cache.onApplicationShutdown();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const at = (moment: number) => jest.spyOn(performance, 'now').mockReturnValue(moment);
const place = (url: string) => cache.place(route as never, { url, headers: {} } as never, admitted as never);
const kept = (): number => (cache as unknown as { answers: { size: number } }).answers.size;

describe('kept answers', () => {
  it('do not stay when they are too old to be sent, although nobody asks for them again', () => {
    at(0);
    for (let turn = 0; turn < 50; turn += 1) place(`/api/countries?turn=${turn}`)?.keep(Buffer.from('[]'), {});
    at(6000);
    place('/api/countries')?.keep(Buffer.from('[]'), {});
    jest.advanceTimersByTime(CHECK_INTERVAL_MS);
    expect(kept()).toBe(51);
    at(10_001);
    jest.advanceTimersByTime(CHECK_INTERVAL_MS);
    expect(kept()).toBe(1);
    expect(place('/api/countries')?.found?.body.toString()).toBe('[]');
  });

  it('are looked after for as long as the process lasts', () => {
    cache.onApplicationShutdown();
    expect(jest.getTimerCount()).toBe(0);
  });
});
