import { pageOf } from './page';
import { Tally } from './tally';

it('the page names the command that made it, what was sent, what holds and what was found', () => {
  const tally = new Tally();
  tally.counted('headers', 404);
  tally.checked('memory of gateway', true, '100 → 101 MiB');
  const page = pageOf(tally, { requests: 100_000, seed: 42 }, '2 cores');
  expect(page).toContain('npm run attack -- --requests 100000 --seed 42');
  expect(page).toMatch(/\| headers +\| 1 /);
  expect(page).toMatch(/memory of gateway \| holds \| 100 → 101 MiB/);
  expect(page).toContain('No findings.');
});
