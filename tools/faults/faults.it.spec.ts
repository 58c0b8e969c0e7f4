import { resolve } from 'node:path';
import { chosen } from './faults/all';
import { brokenIn } from './report/row';
import { run } from './run/run';
import { runTwins } from './twins/all';

const checkout = resolve(__dirname, '../..');
const quiet = (): void => undefined;
// A whole platform is started; the patience is the machine's, not the test's.
jest.setTimeout(900_000);

describe('the platform', () => {
  it('loses nothing and says what fails while its parts die, and heals by itself', async () => {
    const told: string[] = [];
    const rows = await run({ checkout, faults: chosen([], true), tell: (text) => void told.push(text) });
    expect(rows.length).toBeGreaterThan(0);
    expect([told.filter((text) => text.includes('✗')), rows.flatMap(brokenIn)]).toEqual([[], []]);
    for (const { requests } of rows) expect(requests).toBeGreaterThan(0);
  });
});

describe('the checkers', () => {
  it('go red when a safeguard is missing', async () => {
    const twins = await runTwins(checkout, quiet);
    expect(twins.map(({ twin, safe, shown }) => ({ twin, safe, shown }))).toEqual([
      { twin: expect.stringContaining('idempotency key'), safe: '', shown: true },
      { twin: expect.stringContaining('lock'), safe: '', shown: true },
      { twin: expect.stringContaining('append-only'), safe: '', shown: true },
    ]);
  });
});
