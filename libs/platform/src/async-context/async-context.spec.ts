import { createHook } from 'node:async_hooks';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { transformFileSync } from '@swc/core';
import { AsyncContext } from './async-context';

const run = promisify(execFile);

/** In a process of its own, since the test runner has Node follow promises, too: whether it does at some moments. */
const MOMENTS = `
const pause = () => new Promise((resolve) => setImmediate(resolve));
const followed = () => Object.getOwnPropertySymbols(new Promise(() => undefined)).length > 0;
void (async () => {
  const ambient = new AsyncContext();
  const moments = [followed()];
  await ambient.run(1, async () => { await pause(); moments.push(followed()); });
  await pause();
  moments.push(followed());
  await ambient.run(2, () => Promise.reject(new Error('no'))).catch(() => undefined);
  try { ambient.run(3, () => { throw new Error('never'); }); } catch {}
  await pause();
  console.log(JSON.stringify([...moments, followed()]));
})();`;

describe('a value that goes along with work', () => {
  it('is found however deep, and by nobody else', async () => {
    const ambient = new AsyncContext<string>();
    const deep = async (): Promise<string | undefined> => {
      await setTimeout(1);
      await Promise.resolve();
      return ambient.value;
    };
    const others = deep();
    expect(await Promise.all([ambient.run('a', deep), ambient.run('b', deep), others])).toEqual(['a', 'b', undefined]);
    expect(ambient.value).toBeUndefined();
  });

  it('goes along with work that promises nothing', () => {
    const ambient = new AsyncContext<number>();
    expect(ambient.run(1, () => ambient.value)).toBe(1);
    expect(ambient.value).toBeUndefined();
  });

  it('is another one inside, and the same again afterwards', async () => {
    const ambient = new AsyncContext<number>();
    const seen: (number | undefined)[] = [];
    await ambient.run(1, async () => {
      await ambient.run(2, async () => {
        await setImmediate();
        seen.push(ambient.value);
      });
      seen.push(ambient.value);
      await setImmediate();
      seen.push(ambient.value);
    });
    expect(seen).toEqual([2, 1, 1]);
  });

  it('costs nothing where nobody has one any more', async () => {
    const { code } = transformFileSync(join(__dirname, 'async-context.ts'), { module: { type: 'commonjs' } });
    const { stdout } = await run(process.execPath, ['-e', `${code}${MOMENTS}`]);
    // Node 24 keeps it beside the promises.
    const during = Number(process.versions.node.split('.')[0]) < 24;
    expect(JSON.parse(stdout)).toEqual([false, during, false, false]);
  });

  it('stays with whom it belongs to while others come and go', async () => {
    const ambient = new AsyncContext<number>();
    const work = async (own: number): Promise<boolean> => {
      for (let step = 0; step < 5; step += 1) {
        await (Math.random() < 0.5 ? setImmediate() : setTimeout(Math.random() * 3));
        if (ambient.value !== own) return false;
      }
      return true;
    };
    const plain = async (): Promise<boolean> => {
      for (let step = 0; step < 5; step += 1) {
        await setTimeout(Math.random() * 3);
        if (ambient.value !== undefined) return false;
      }
      return true;
    };
    const all: Promise<boolean>[] = [];
    for (let one = 1; one <= 300; one += 1) {
      all.push(
        ambient.run(one, () => work(one)),
        plain(),
      );
      if (one % 7 === 0) await setTimeout(Math.random() * 4);
      if (one % 50 === 0) await Promise.all(all);
    }
    expect((await Promise.all(all)).every(Boolean)).toBe(true);
  });

  it('leaves the hooks of others alone', async () => {
    const made = jest.fn();
    const hook = createHook({ init: (_id, type) => type === 'PROMISE' && made() }).enable();
    await new AsyncContext<number>().run(1, () => setImmediate());
    made.mockClear();
    await Promise.resolve();
    hook.disable();
    expect(made).toHaveBeenCalled();
  });
});
