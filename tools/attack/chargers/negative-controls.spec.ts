import { Tally } from '../report/tally';
import { proveSocketsDetected } from './negative-controls';

it('careless servers die of a frame, and handle a whole flood', async () => {
  const tally = new Tally();
  await proveSocketsDetected(tally);
  expect(tally.checks.map(({ name, holds }) => [name, holds])).toEqual([
    ['a server that listens for no errors dies of a frame', true],
    ['a server without limits handles a whole flood', true],
  ]);
});
