import { resolve } from 'node:path';
import { commandLine } from '../stack/command-line';
import { stopSignal } from '../stack/start/stop-signal';
import { fail, say, StackError } from '../stack/terminal';
import { MIXES } from './mixes';
import { lastRelease, oldBuild } from './old-build';
import { run } from './run';

const checkout = resolve(__dirname, '../../..');

const HELP = `node tools/run.mjs tool n-minus-one -- [<git ref>] [--only <part of a name>]… [--list]

Builds the last release, or the commit that is named, and runs it together with this version: every mix of old and new
apps answers what the old one answered, and finishes the work that another mix left in queues and streams.`;

async function main(): Promise<number> {
  const { values, positionals } = commandLine({
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { only, list, help } = values;
  if (help) return done(HELP);
  const mixes = MIXES.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));
  if (list) return done(mixes.map(({ name }) => name).join('\n'));
  if (mixes.length === 0) throw new StackError('No mix has such a name; --list shows them.');
  if (positionals.length > 1) throw new StackError('One commit can be named.');
  const old = await oldBuild(checkout, positionals[0] ?? lastRelease(checkout));
  const found = await run({ checkout, old, mixes, stopped: stopSignal() });
  const broken = found.filter(({ problems }) => problems.length > 0);
  const both = `${old.ref} (${old.commit.slice(0, 12)}) and this version`;
  say(
    broken.length === 0
      ? `\n${both} work together.`
      : `\n${broken.length} of ${found.length} mixes of ${both} do not work.`,
  );
  return broken.length === 0 ? 0 : 1;
}

function done(text: string): number {
  say(text);
  return 0;
}

main().then((code) => process.exit(code), fail);
