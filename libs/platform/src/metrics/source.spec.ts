import { Source } from './source';

describe('a source of values', () => {
  it('asks once while the answer is good, however many want to know', async () => {
    let asked = 0;
    const source = new Source(() => [{ values: { n: (asked += 1) } }], 60_000);
    await Promise.all([source.latest(), source.latest()]);
    expect(await source.latest()).toEqual([{ values: { n: 1 } }]);
    expect(asked).toBe(1);
  });

  it('asks again when it is not', async () => {
    let asked = 0;
    const source = new Source(() => [{ values: { n: (asked += 1) } }], 0);
    await source.latest();
    expect(await source.latest()).toEqual([{ values: { n: 2 } }]);
  });

  it('does not keep a failure', async () => {
    let broken = true;
    const source = new Source(() => {
      if (broken) throw new Error('away');
      return [{ values: { n: 1 } }];
    }, 60_000);
    expect(await source.latest()).toBeUndefined();
    broken = false;
    expect(await source.latest()).toEqual([{ values: { n: 1 } }]);
  });

  it('is not waited for without end', async () => {
    jest.useFakeTimers();
    try {
      const latest = new Source(() => new Promise(() => undefined), 60_000).latest();
      await jest.advanceTimersByTimeAsync(2000);
      expect(await latest).toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });
});
