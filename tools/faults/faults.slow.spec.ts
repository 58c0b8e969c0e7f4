import { resolve } from 'node:path';
import { chosen } from './faults/all';
import { INVARIANTS } from './report/row';
import { run } from './run/run';
import { runNegativeControls } from './negative-controls/all';

const checkout = resolve(__dirname, '../..');
const nothing = Object.fromEntries(INVARIANTS.map((name) => [name, []]));
/** A machine that runs other tests besides is no measure of these. */
const byTheClock = { 'in time': expect.any(Array), others: expect.any(Array) };
const quiet = (): void => undefined;
// A whole platform is started; the time it takes is the machine's, not the test's.
jest.setTimeout(2_700_000);

// Side by side: while processes come back there is time for the other.
let tried: ReturnType<typeof run>;
let shown: ReturnType<typeof runNegativeControls>;
beforeAll(() => {
  tried = run({ checkout, faults: chosen([], true), report: quiet });
  shown = runNegativeControls(checkout, quiet);
  // Whoever fails first is told of by the test that waits for it.
  for (const one of [tried, shown]) one.catch(() => undefined);
});
// Neither is left behind, whatever the other came to.
afterAll(() => Promise.allSettled([tried, shown]));

describe('the platform', () => {
  it('loses nothing and says what fails while its parts die, and heals by itself', async () => {
    const rows = await tried;
    expect(rows.length).toBeGreaterThan(0);
    for (const { fault, problems } of rows) {
      expect({ fault, ...problems }).toEqual({ fault, ...nothing, ...byTheClock });
    }
    for (const { requests } of rows) expect(requests).toBeGreaterThan(0);
  });
});

describe('the checkers', () => {
  it('go red when a safeguard is missing', async () => {
    const controls = await shown;
    expect(controls.map(({ control, safe, shown }) => ({ control, safe, shown }))).toEqual([
      { control: expect.stringContaining('idempotency key'), safe: '', shown: true },
      { control: expect.stringContaining('lock'), safe: '', shown: true },
      { control: expect.stringContaining('append-only'), safe: '', shown: true },
      { control: expect.stringContaining('stored before the answer'), safe: '', shown: true },
      { control: expect.stringContaining('by content'), safe: '', shown: true },
      { control: expect.stringContaining('generation'), safe: '', shown: true },
    ]);
  });
});
