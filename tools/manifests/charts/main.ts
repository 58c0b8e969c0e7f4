import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { commandLine } from '../../stack/command-line';
import { fail, say, StackError } from '../../stack/terminal';
import { hasHelm } from '../programs/programs';
import { type Install, installs, nameOf } from './installs';
import { chartFacts } from './render-chart';

const checkout = resolve(__dirname, '../../../..');

const HELP = `node tools/run.mjs tool manifests/charts -- [--from <folder>] [--only <chart>]… [--check]

Renders the charts that docs/operations.md installs and writes what tests know of them to tools/manifests/charts/facts. Charts
come from the repositories that the guide names, or from a folder with the archives that \`helm pull\` fetched from there.
--check writes nothing, and fails where the repositories have something else.`;

function main(): number {
  const { values } = commandLine({
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    options: {
      from: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  if (!hasHelm) throw new StackError('Helm is needed: https://helm.sh/docs/intro/install');
  const guide = readFileSync(join(checkout, 'docs/operations.md'), 'utf8');
  const source = { checkout, guide, ...(values.from === undefined ? {} : { folder: resolve(values.from) }) };
  const charts = new Map<string, [Install, ...Install[]]>();
  for (const install of installs(guide)) {
    const name = nameOf(install);
    charts.set(name, [...(charts.get(name) ?? []), install] as [Install, ...Install[]]);
  }
  const chosen = [...charts].filter(([name]) => values.only.length === 0 || values.only.includes(name));
  const changed = chosen.filter(([name, chart]) =>
    put(name, stringify(chartFacts(source, chart), OPTIONS), values.check),
  );
  say(
    `${chosen.length} charts rendered, ${changed.length} with other facts: ${changed.map(([name]) => name).join(', ')}`,
  );
  return values.check && changed.length > 0 ? 1 : 0;
}

const OPTIONS = { lineWidth: 0, aliasDuplicateObjects: false } as const;

/** Whether the facts are others than those that are kept, which are replaced unless it is a check. */
function put(name: string, text: string, check: boolean): boolean {
  const folder = join(checkout, 'tools/manifests/charts/facts');
  const file = join(folder, `${name}.yaml`);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  if (!check) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  return true;
}

try {
  process.exitCode = main();
} catch (error) {
  fail(error);
}
