import { type SecondTry, hedgedRequest } from './hedged-request';

describe('a second try', () => {
  let asked: { resolve(answer: string): void; reject(error: Error): void }[];
  let settled: Promise<unknown>;
  beforeEach(() => {
    jest.useFakeTimers();
    asked = [];
  });
  afterEach(() => jest.useRealTimers());

  const ask = (more: Partial<SecondTry<string>> = {}): void => {
    const once = (): Promise<string> => new Promise((resolve, reject) => void asked.push({ resolve, reject }));
    const tried = hedgedRequest({ ask: once, worthwhile: () => true, may: () => true, ...more });
    settled = tried.catch((error: unknown) => error);
  };
  const failure = new Error('nobody listens');

  it('is not made when the first is answered', async () => {
    ask();
    asked[0]?.resolve('one');
    expect(await settled).toBe('one');
    expect(jest.getTimerCount()).toBe(0);
    expect(asked).toHaveLength(1);
  });

  it('follows a failure after a moment', async () => {
    ask();
    asked[0]?.reject(failure);
    await jest.advanceTimersByTimeAsync(19);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(101);
    asked[1]?.resolve('two');
    expect(await settled).toBe('two');
  });

  it('is the last one', async () => {
    ask();
    asked[0]?.reject(failure);
    await jest.advanceTimersByTimeAsync(120);
    asked[1]?.reject(failure);
    expect(await settled).toBe(failure);
    await jest.runAllTimersAsync();
    expect(asked).toHaveLength(2);
  });

  it('goes beside a first one that stays without an answer, and the first answer counts', async () => {
    ask();
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(2);
    asked[0]?.resolve('the slow one after all');
    expect(await settled).toBe('the slow one after all');
  });

  it('is waited for when the first fails meanwhile', async () => {
    ask();
    await jest.advanceTimersByTimeAsync(1000);
    asked[0]?.reject(failure);
    asked[1]?.resolve('two');
    expect(await settled).toBe('two');
  });

  it.each([
    ['something may have happened', { worthwhile: () => false }],
    ['there is no budget', { may: () => false }],
  ])('is not made when %s', async (_why, more) => {
    ask(more);
    asked[0]?.reject(failure);
    expect(await settled).toBe(failure);
    await jest.runAllTimersAsync();
    expect(asked).toHaveLength(1);
  });

  it('is not made beside the first without a budget', async () => {
    ask({ may: () => false });
    await jest.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(1);
  });
});
