import { attackOptions } from './options';

describe('what the command is told', () => {
  it('is a hundred thousand requests by chance, unless said otherwise', () => {
    const { requests, seed, short } = attackOptions([]);
    expect([requests, short]).toEqual([100_000, false]);
    expect(seed).toBeGreaterThan(0);
  });

  it.each([
    [['--short'], { requests: 8000, short: true }],
    [['--short', '--requests', '500'], { requests: 500, short: true }],
    [['--only', 'Sockets'], { only: 'Sockets', short: false }],
    [['--requests', '250000', '--seed', '42'], { requests: 250_000, seed: 42, short: false }],
  ])('%j', (args, expected) => {
    expect(attackOptions(args)).toMatchObject(expected);
  });

  it.each([[['--requests', '0']], [['--requests', 'many']], [['--seed', '-1']], [['--long']], [['stray']]])(
    '%j is refused in words',
    (args) => {
      expect(() => attackOptions(args)).toThrow();
    },
  );
});
