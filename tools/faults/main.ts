import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeFileSafely } from '../stack/files';
import { stopSignal } from '../stack/start/stop-signal';
import { fail, say, StackError } from '../stack/terminal';
import { chosen, FAULTS } from './faults/all';
import { page } from './report/page';
import { brokenIn } from './report/row';
import { faultTable } from './report/table';
import { run } from './run/run';
import { runTwins } from './twins/all';

const checkout = resolve(__dirname, '../../..');

const HELP = `npm run faults [-- --only <part of a name>]… [--short] [--list]

Breaks one thing after the other and checks that nothing was lost. Without options everything is
tried and docs/faults.md is written anew.`;

function options(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      short: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

async function main(): Promise<number> {
  const { only, short, list, help } = options(process.argv.slice(2));
  if (help) return done(HELP);
  if (list) return done(FAULTS.map(({ name }) => name).join('\n'));
  const faults = chosen(only, short);
  if (faults.length === 0) throw new StackError('No fault has such a name; --list shows them.');
  const rows = await run({ checkout, faults, stopped: stopSignal() });
  const twins = only.length > 0 ? [] : await runTwins(checkout);
  say(`\n${faultTable(rows)}`);
  const all = only.length === 0 && !short;
  if (all) writeFileSafely(join(checkout, 'docs', 'faults.md'), page(rows, twins, where()));
  const broken = rows.filter((row) => brokenIn(row).length > 0).length + twins.filter(({ shown }) => !shown).length;
  say(broken === 0 ? '\nNothing is broken.' : `\n${broken} of ${rows.length + twins.length} are broken.`);
  return broken === 0 ? 0 : 1;
}

function done(text: string): number {
  say(text);
  return 0;
}

const where = (): string =>
  `\`npm run faults\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.versions.node}.`;

main().then((code) => process.exit(code), fail);
