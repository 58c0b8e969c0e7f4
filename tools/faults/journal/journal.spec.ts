import { type Entry, Journal, onceEach } from './journal';

describe('what a client remembers', () => {
  const journal = new Journal();
  const begin = (mark: string, acknowledged: boolean): Entry =>
    Object.assign(journal.begin('write', mark), { acknowledged, tries: 1 });
  const acknowledged = begin('a', true);
  begin('b', false);
  const check = (effects: [string, number][]): string[] => onceEach(journal.of('write'), new Map(effects));

  it('agrees with what is there', () => {
    expect(check([['a', 1]])).toEqual([]);
    const both: [string, number][] = [
      ['a', 1],
      ['b', 1],
    ];
    expect(check(both)).toEqual([]);
  });

  it('shows what was lost, if it was acknowledged', () => {
    expect(check([])).toEqual(['lost although acknowledged: write a (1 tries)']);
  });

  it('shows what happened although the platform had refused it', () => {
    const refusing = new Journal();
    Object.assign(refusing.begin('write', 'c'), { refused: true, tries: 2 });
    expect(onceEach(refusing.of('write'), new Map([['c', 1]]))).toEqual(['there although refused: write c (2 tries)']);
    expect(onceEach(refusing.of('write'), new Map())).toEqual([]);
  });

  it.each(['a', 'b'])('shows what happened twice, acknowledged or not: %s', (mark) => {
    const problems = check([
      ['a', 1],
      [mark, 2],
    ]);
    expect(problems).toEqual([`there 2 times: write ${mark} (1 tries)`]);
  });

  it('keeps kinds apart', () => {
    expect(journal.of('other')).toEqual([]);
    expect(journal.of('write')[0]).toBe(acknowledged);
    expect(journal).toHaveLength(2);
  });
});
