import { environment } from '@open-cpo/platform';
import { fail } from '../stack/terminal';
import { chargerOptions } from './options';
import { endOfProgram, simulate } from './simulator';

async function main(): Promise<void> {
  const { CHARGERS_URL } = environment();
  await simulate(chargerOptions(process.argv.slice(2), CHARGERS_URL), endOfProgram());
}

main().then(() => process.exit(0), fail);
