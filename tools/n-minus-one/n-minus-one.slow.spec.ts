import { resolve } from 'node:path';
import { MIXES } from './mixes';
import { run } from './run';

const checkout = resolve(__dirname, '../..');
// A whole platform is started; the retryDelayMs is the machine's, not the test's.
jest.setTimeout(2_700_000);

describe('this version beside itself', () => {
  it('works with two processes of every app, and finishes what others left behind', async () => {
    const mixes = MIXES.filter(({ name }) => name === 'both versions of every app' || name === 'new version');
    const found = await run({ checkout, old: { ref: 'itself', commit: '', checkout }, mixes });
    expect(found.map(({ mix, problems }) => [mix.replace(/ \(.*/, ''), problems])).toEqual([
      ['old version', []],
      ['both versions of every app', []],
      ['new version', []],
    ]);
  });
});
