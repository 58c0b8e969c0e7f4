import { benchOptions } from './options';

describe('what to measure', () => {
  it('is all reads unless something else is asked for', () => {
    const { bench, options } = benchOptions([]);
    expect(bench).toBe('reads');
    expect(options).toMatchObject({ rounds: 5, connections: 16, orders: 20_000, closed: 5000 });
  });

  it('is what is named, for as long as is said', () => {
    const { bench, options } = benchOptions(['ingest', '--rounds', '2', '--seconds=1', '--orders', '1000']);
    expect(bench).toBe('ingest');
    expect(options).toMatchObject({ rounds: 2, orders: 1000, warmUp: 500, closed: 1000, open: 1000 });
  });

  it('has as many orders as tell something about growth', () => {
    expect(benchOptions(['flat']).options.orders).toBe(1_000_000);
    expect(benchOptions(['flat', '--orders', '10000000']).options.orders).toBe(10_000_000);
  });

  it('holds as many connections of chargers as the goals are about', () => {
    expect(benchOptions(['chargers']).sockets).toBe(10_000);
    expect(benchOptions(['chargers', '--sockets', '300']).sockets).toBe(300);
    expect(benchOptions(['chargers', '--quick']).sockets).toBe(50);
  });

  it('has a section of its own for reads beside a second load', () => {
    expect(benchOptions(['--beside'])).toMatchObject({ bench: 'reads', section: 'beside' });
    expect(benchOptions(['writes']).section).toBe('writes');
  });

  it('leaves the document alone when told to', () => {
    expect([benchOptions([]).write, benchOptions(['--no-write']).write]).toEqual([true, false]);
  });

  it('profiles and measures some of the reads without writing results of them', () => {
    expect(benchOptions(['--profile'])).toMatchObject({ profile: true, write: false });
    const some = benchOptions(['--only', 'list']);
    expect([some.options.only, some.write]).toEqual(['list', false]);
  });

  it.each([
    [['wishes']],
    [['writes', '--only', 'login']],
    [['reads', 'flat']],
    [['--rounds', 'many']],
    [['--seconds', '0']],
    [['--unknown', '1']],
    [['writes', '--beside']],
  ])('is refused when it cannot be understood: %j', (args) => {
    expect(() => benchOptions(args)).toThrow();
  });
});
