import { resolve } from 'node:path';
import { commandLine } from '../stack/command-line';
import { stopSignal } from '../stack/start/stop-signal';
import { fail, say, step, StackError } from '../stack/terminal';
import { endCommands } from './command';
import { installPackages } from './engine/packages';
import { lacking, thisMachine } from './machine';
import { steps } from './steps';
import type { Step } from './steps/step';
import { ContainerRun } from './container-run';

const checkout = resolve(__dirname, '../../..');

/** Shows one thing after the other; a signal ends it between two commands. */
async function show(chosen: readonly Step[], run: ContainerRun, stopped: Promise<NodeJS.Signals>): Promise<void> {
  const interrupted = stopped.then((signal): never => {
    endCommands();
    throw new StackError(`Stopped by ${signal}; containers and networks are taken away.`);
  });
  for (const { name, work } of chosen) {
    const lines = await step(name, () => Promise.race([work(run), interrupted]));
    lines.forEach((line) => say(`    ${line}`));
  }
}

async function main(): Promise<void> {
  // `--folder <path>` keeps images elsewhere, such as in memory; `--quick` leaves out what takes longest.
  const { values } = commandLine({ options: { folder: { type: 'string' }, quick: { type: 'boolean' } } });
  const chosen = steps.filter(({ thorough }) => !(thorough && values.quick));
  const reason = lacking(thisMachine(true));
  if (reason !== undefined) return say(`\nskipped: containers cannot be run here, because ${reason}.`);
  const stopped = stopSignal();
  await installPackages();
  const run = await ContainerRun.open(checkout, values.folder);
  try {
    await show(chosen, run, stopped);
    say(`\n${chosen.length} passed. Images are kept in ${run.engine.folders.root} for the next time.`);
  } finally {
    await run.close();
  }
}

main().then(() => process.exit(0), fail);
