import { KeyedBatches } from './keyed-batches';

interface Item {
  readonly key: number;
  readonly text: string;
}

function worked(more: { together?: (items: readonly Item[]) => Promise<readonly Item[]> } = {}) {
  const done: string[] = [];
  const note = (items: readonly Item[]): void => void done.push(items.map(({ text }) => text).join());
  const batches = new KeyedBatches<Item>({
    key: ({ key }) => key,
    together: async (items) => {
      note(items);
      return more.together ? more.together(items) : [];
    },
    alone: async (item) => {
      note([item]);
      if (item.text === 'poison') throw new Error('poison');
    },
  });
  const add = (...texts: string[]) =>
    Promise.allSettled(texts.map((text) => batches.add({ key: text.charCodeAt(0), text })));
  return { done, add };
}

describe('batches', () => {
  it('work on one item alone, and on what comes at once together', async () => {
    const { done, add } = worked();
    await add('a');
    await add('a', 'b', 'c');
    expect(done).toEqual(['a', 'a,b,c']);
  });

  it('have items of the same key one after the other, in their order', async () => {
    const { done, add } = worked();
    await add('a1', 'b1', 'a2', 'a3', 'b2');
    expect(done).toEqual(['a1,b1', 'a2,b2', 'a3']);
  });

  it('hold so many and no more', async () => {
    const { done, add } = worked();
    await add(...Array.from({ length: 70 }, (_, n) => String.fromCharCode(200 + n)));
    expect(done.map((text) => text.split(',').length)).toEqual([64, 6]);
  });

  it('that fail are worked on one by one: the error is that of the one at fault', async () => {
    const { done, add } = worked({ together: () => Promise.reject(new Error('one of them')) });
    const outcomes = await add('a', 'poison', 'c');
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(done).toEqual(['a,poison,c', 'a', 'poison', 'c']);
  });

  it('leave out what cannot be worked on together', async () => {
    const { done, add } = worked({ together: async (items) => items.filter(({ text }) => text === 'poison') });
    const outcomes = await add('a', 'poison', 'c');
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(done).toEqual(['a,poison,c', 'poison']);
  });
});
