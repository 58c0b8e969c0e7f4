import { performance } from 'node:perf_hooks';
import { Metrics } from '@open-cpo/platform';
import { AnswerCache } from './answer-cache';

const CHECK_INTERVAL_MS = 5000;
const versions = { now: 1, holds: () => true, touch: () => undefined };
const identity = { userId: 1, accountId: 1, role: 'owner', currency: 'USD', timeZone: 'UTC' };
const admitted = { caller: { identity, language: 'en' }, integration: false, refreshDue: false };
const route = { cached: [], takes: [], topics: [] };

let cache: AnswerCache;
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['performance'] });
  cache = new AnswerCache(versions as never, { cacheMaxAge: 10_000 } as never, new Metrics());
});
afterEach(() => {
  cache.onApplicationShutdown();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const at = (moment: number) => jest.spyOn(performance, 'now').mockReturnValue(moment);
const slot = (url: string) => cache.slot(route as never, { url, headers: {} } as never, admitted as never);
const size = (): number => (cache as unknown as { responses: { size: number } }).responses.size;

describe('cached responses', () => {
  it('are removed when they have expired, although they are not requested again', () => {
    at(1);
    for (let turn = 0; turn < 50; turn += 1) slot(`/api/countries?turn=${turn}`)?.store(Buffer.from('[]'), {});
    at(6000);
    slot('/api/countries')?.store(Buffer.from('[]'), {});
    jest.advanceTimersByTime(CHECK_INTERVAL_MS);
    expect(size()).toBe(51);
    at(10_002);
    jest.advanceTimersByTime(CHECK_INTERVAL_MS);
    expect(size()).toBe(1);
    expect(slot('/api/countries')?.cached?.body.toString()).toBe('[]');
  });

  it('are removed until the process ends', () => {
    cache.onApplicationShutdown();
    expect(jest.getTimerCount()).toBe(0);
  });
});
