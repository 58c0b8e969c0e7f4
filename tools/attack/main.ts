import { resolve } from 'node:path';
import { stopSignal } from '../stack/start/stop-signal';
import { fail, say, step } from '../stack/terminal';
import { Attack } from './attack';
import { attackOptions } from './options';
import { writePage } from './report/page';
import { checkTable, findingsText, requestTable } from './report/report';
import { AttackStack } from './environment/attack-stack';

const checkout = resolve(__dirname, '../../..');

/** `npm run attack`: attacks a platform of its own; answers the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const options = attackOptions(args);
  say(`Seed ${options.seed}`);
  const stack = new AttackStack(checkout);
  let clean = false;
  const stopped = stopSignal().then(() => Promise.reject(new Error('Stopped.')));
  try {
    const attacked = stack.start().then(() => new Attack(checkout, stack, options).run());
    const tally = await Promise.race([attacked, stopped]);
    if (!options.short && options.only === undefined) writePage(checkout, tally, options);
    say(`\n${requestTable(tally)}\n\n${checkTable(tally)}\n\n${findingsText(tally)}`);
    clean = tally.clean;
    return clean ? 0 : 1;
  } finally {
    const log = await step('Stopping', () => stack.stop(!clean));
    if (!clean) say(`What the processes wrote is in ${log}.`);
  }
}

main(process.argv.slice(2)).then((code) => process.exit(code), fail);
