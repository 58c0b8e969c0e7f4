import { concurrently } from './concurrently';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('many at once', () => {
  it('are all done, each once, and never more than that many together', async () => {
    const done: number[] = [];
    let together = 0;
    let most = 0;
    await concurrently(3, [0, 1, 2, 3, 4, 5, 6], async (one) => {
      most = Math.max(most, (together += 1));
      await turn();
      together -= 1;
      done.push(one);
    });
    expect(done.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(3);
  });

  it('fail when one of them does', async () => {
    await expect(concurrently(2, [1, 2], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
