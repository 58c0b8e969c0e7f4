import { resolve } from 'node:path';
import { setting } from '../stack/environment';
import { installPackages } from './engine/packages';
import { lacking, thisMachine } from './machine';
import { steps } from './steps';
import { ContainerRun } from './container-run';

const checkout = resolve(__dirname, '../..');
// A developer’s own machine is not added to without being asked.
const reason = lacking(thisMachine(setting('CI') !== undefined));

// Where it cannot be shown, the tests are skipped and counted, and their name tells why.
(reason === undefined ? describe : describe.skip)(
  `an image${reason === undefined ? '' : ` (not here: ${reason})`}`,
  () => {
    let run: ContainerRun;
    // Every step stands on those before it.
    let broken: string | undefined;

    beforeAll(async () => {
      await installPackages();
      run = await ContainerRun.open(checkout);
    });
    afterAll(() => run?.close(), 600_000);

    const shown = steps.filter(({ thorough }) => !thorough);
    it.each(shown)(
      '$name',
      async ({ name, work }) => {
        if (broken !== undefined && broken !== name)
          throw new Error(`It could not be tried, because "${broken}" failed.`);
        broken = name;
        await work(run);
        broken = undefined;
      },
      900_000,
    );

    it.skip.each(steps.filter(({ thorough }) => thorough))('$name (shown by npm run containers)', () => undefined);
  },
);
