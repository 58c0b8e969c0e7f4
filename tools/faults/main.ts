import { cpus, loadavg, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { commandLine } from '../stack/command-line';
import { writeFileSafely } from '../stack/files';
import { stopSignal } from '../stack/start/stop-signal';
import { fail, say, StackError } from '../stack/terminal';
import { chosen, FAULTS } from './faults/all';
import { page } from './report/page';
import { brokenIn } from './report/row';
import { faultTable } from './report/table';
import { run } from './run/run';
import { runNegativeControls } from './negative-controls/all';

const checkout = resolve(__dirname, '../../..');

/** What else the machine is at: where it is above the number of cores, times say little. */
const busy = loadavg()[0]?.toFixed(1) ?? '';

const HELP = `npm run faults [-- --only <part of a name>]… [--short] [--write] [--list]

Breaks one thing after the other and checks that nothing was lost. Without options everything is
tried and docs/faults.md is written anew; --write has a part of it written, too.`;

function options(args: string[]) {
  const { values } = commandLine({
    args,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      short: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

/** Where it may, what is tried goes before what else the machine is at: that would be measured instead. */
function goFirst(): void {
  try {
    setPriority(-5);
  } catch {
    // Root alone may.
  }
}

async function main(): Promise<number> {
  const { only, short, write, list, help } = options(process.argv.slice(2));
  if (help) return done(HELP);
  if (list) return done(FAULTS.map(({ name }) => name).join('\n'));
  const faults = chosen(only, short);
  if (faults.length === 0) throw new StackError('No fault has such a name; --list shows them.');
  goFirst();
  const rows = await run({ checkout, faults, stopped: stopSignal() });
  const controls = only.length > 0 && !write ? [] : await runNegativeControls(checkout);
  say(`\n${faultTable(rows)}`);
  const all = only.length === 0 && !short;
  if (all || write) writeFileSafely(join(checkout, 'docs', 'faults.md'), page(rows, controls, where()));
  const broken = rows.filter((row) => brokenIn(row).length > 0).length + controls.filter(({ shown }) => !shown).length;
  say(broken === 0 ? '\nNothing is broken.' : `\n${broken} of ${rows.length + controls.length} are broken.`);
  return broken === 0 ? 0 : 1;
}

function done(text: string): number {
  say(text);
  return 0;
}

const command = (): string => {
  const args = process.argv.slice(2).map((arg) => (/^[\w-]+$/.test(arg) ? arg : `'${arg}'`));
  return ['npm run faults', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
};

const where = (): string =>
  `\`${command()}\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (load before: ${busy}), Node ${process.versions.node}.`;

main().then((code) => process.exit(code), fail);
