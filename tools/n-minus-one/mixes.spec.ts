import { apps } from '../stack/apps';
import { MIXES } from './mixes';

const names = apps.map(({ name }) => name);

describe('the mixes of two versions', () => {
  it('have for any two apps the first old and the second new', () => {
    const pairs = names.flatMap((old) => names.filter((other) => other !== old).map((other) => [old, other] as const));
    const missing = pairs.filter(
      ([old, other]) => !MIXES.some(({ runs }) => runs(old).join() === 'old' && runs(other).join() === 'new'),
    );
    expect(missing).toEqual([]);
  });

  it('begin with the old version on the new schema and end with the way back', () => {
    for (const mix of [MIXES[0], MIXES.at(-1)]) {
      expect(names.map((name) => mix?.runs(name).join())).toEqual(names.map(() => 'old'));
    }
    expect(MIXES.at(-1)?.name).toContain('again');
  });

  it('have names of their own', () => {
    expect(new Set(MIXES.map(({ name }) => name)).size).toBe(MIXES.length);
  });
});
