import { chosen, FAULTS } from './all';

describe('the faults', () => {
  const names = FAULTS.map(({ name }) => name);

  it('have names of their own', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ...['auth', 'stations', 'workforce', 'orders', 'payouts', 'notifications', 'chargers', 'worker', 'gateway'].flatMap(
      (name) => [`kill -9 ${name}`, `freeze ${name}`],
    ),
    ...['PostgreSQL', 'NATS', 'Redis'].flatMap((name) => [`slow (+200 ms) line to ${name}`, `cut line to ${name}`]),
    ...['PostgreSQL', 'NATS', 'Redis'].map((name) => `freeze ${name}`),
    'kill -9 payouts: a payout reserved, not queued',
    'kill -9 payouts: the provider asked, nothing paid',
    'kill -9 payouts: paid, not settled',
    'kill -9 worker: a payout paid, not settled',
    'kill -9 worker: an export begun',
    'kill -9 worker: an export stored, not told',
    'immediate restart of PostgreSQL',
    'full disk of the databases',
    ...['orders', 'stations', 'payouts'].map((name) => `poisoned events: ${name}`),
    'chargers: kill -9 with open sessions',
    'chargers: database away while sessions end',
    'chargers: half-open connections',
    'chargers: freeze with open sessions',
    'chargers: kill -9 one of two while sessions end',
    'chargers: freeze one of two with open sessions: takeover',
    'chargers: wrong clocks and registers',
    'chargers: repeated, early, unreadable and replayed messages',
    'chargers: power center removed, password rotated in a session',
    'chargers: message log full',
    'chargers: second connection, first one closes late',
    'rolling restart of everything',
  ])('are %s', (name) => {
    expect(names).toContain(name);
  });

  it('come with pairs last: from then on everything is there twice', () => {
    const first = FAULTS.findIndex(({ pairs }) => pairs);
    expect(FAULTS.slice(first).every(({ pairs }) => pairs)).toBe(true);
  });

  it('can be chosen by a part of their names, or be a few', () => {
    expect(chosen(['Redis'], false).every(({ name }) => name.includes('Redis'))).toBe(true);
    expect(chosen([], true).length).toBe(5);
    expect(chosen([], false)).toHaveLength(FAULTS.length);
  });
});
