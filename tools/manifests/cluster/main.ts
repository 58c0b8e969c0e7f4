import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commandLine } from '../../stack/command-line';
import { setting } from '../../stack/environment';
import { fail, say, StackError } from '../../stack/terminal';
import { JOURNEYS, overlayOf, type Profile } from './journeys';
import { Overlays } from './overlays';
import { Pages } from './pages';
import { Cluster, travel } from './run';
import { startStandIn } from './stand-in';

const checkout = resolve(__dirname, '../../../..');

const HELP = `node tools/run.mjs tool manifests/cluster -- [--profile dev|production] [--overlay <folder>] [--only <journey>]… [--no-nodes] [--list]

Runs the commands of docs/operations.md and docs/backup.md on the cluster of KUBECONFIG and looks at what becomes of it. The
profile dev (by default) needs nothing but a cluster with the images; production needs the add-ons and secrets of the guide. With
--no-nodes the cluster is an API server with its controllers and custom resource definitions alone: pods and the objects of
operators get the status that they would have.`;

function main(): number {
  const { values } = commandLine({
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    options: {
      profile: { type: 'string', default: 'dev' },
      overlay: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      'no-nodes': { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { only, list, help } = values;
  if (help) return printed(HELP);
  const profile = profileOf(values.profile);
  const journeys = JOURNEYS.filter(
    ({ name, profiles }) => profiles.includes(profile) && (only.length === 0 || only.includes(name)),
  );
  if (list) return printed(journeys.map(({ name }) => name).join('\n'));
  if (journeys.length === 0) throw new StackError('There is no such journey; --list shows them.');
  // A forgotten variable must not change the everyday cluster of a developer.
  if (setting('KUBECONFIG') === undefined) throw new StackError('Name the cluster: KUBECONFIG=<file>.');
  const folder = join(checkout, '.data', 'cluster');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const overlay = values.overlay ?? overlayOf(profile);
  const overlays = new Overlays(checkout, folder, overlay);
  const folders = {
    changed: overlays.changed(String(Date.now())),
    limited: overlays.limited(),
    recovery: overlays.recovery(),
  };
  const place = { pages: new Pages(checkout), profile, overlay, ...folders };
  const end = values['no-nodes'] ? startStandIn() : (): void => undefined;
  const problems = travel(new Cluster(checkout), journeys, place);
  end();
  problems.forEach((text) => say(`✗ ${text}`));
  return printed(problems.length === 0 ? '\nEvery journey ended well.' : '', problems.length === 0 ? 0 : 1);
}

function profileOf(name: string): Profile {
  if (name === 'dev' || name === 'production') return name;
  throw new StackError('The profile is dev or production.');
}

function printed(text: string, code = 0): number {
  say(text);
  return code;
}

try {
  process.exit(main());
} catch (error) {
  fail(error);
}
