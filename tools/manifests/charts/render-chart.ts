import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { StackError } from '../../stack/terminal';
import type { Manifest } from '../manifest';
import { run } from '../programs/programs';
import { manifestsIn } from '../render';
import { type Facts, renderFacts, resourceFacts } from './facts';
import { digestOf, filesOf, type Install, nameOf, repositories } from './installs';
import { merged, setValues, unknownValues } from './unknown-values';

type Values = Readonly<Record<string, unknown>>;
/** Where charts are: the repositories that the guide names, or a folder with what `helm pull` fetched from them. */
export interface Source {
  readonly checkout: string;
  readonly guide: string;
  readonly folder?: string;
}

/** Maps of defaults to which values add names of their own. */
const NAMED = /^config\.exporters\.\w+$/;

/** The facts of one chart, from all installs of it. @throws Error where it cannot be fetched or rendered */
export function chartFacts(source: Source, chart: readonly [Install, ...Install[]]): Facts {
  const [first] = chart;
  const place = mkdtempSync(join(tmpdir(), 'chart-'));
  try {
    unpack(source, first, place);
    const folder = join(place, nameOf(first));
    const defaults = defaultsOf(folder);
    const made = chart.map((install) => ({ install, manifests: template(source.checkout, folder, install, place) }));
    const renders = made.map(({ install, manifests }) => {
      const { release, namespace, values } = install;
      const given = givenValues(source.checkout, install);
      const unknown = unknownValues(given, defaults).filter((key) => !NAMED.test(key));
      return {
        release,
        namespace,
        values,
        digest: digestOf(source.checkout, install),
        unknown,
        ...renderFacts(manifests),
      };
    });
    return { chart: first.chart, version: first.version, resources: resourceFacts(made[0]?.manifests ?? []), renders };
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** Helm's own folders, apart from those of the user. */
const apart = (place: string): Record<string, string> => ({
  HELM_CACHE_HOME: join(place, '.cache'),
  HELM_CONFIG_HOME: join(place, '.config'),
  HELM_DATA_HOME: join(place, '.data'),
});

function unpack({ guide, folder }: Source, { chart, version }: Install, place: string): void {
  const name = nameOf({ chart });
  if (folder === undefined) {
    const [alias = ''] = chart.split('/');
    const where = chart.startsWith('oci://') ? [chart] : [name, '--repo', repositories(guide)[alias] ?? alias];
    run('helm', ['pull', ...where, '--version', version, '--untar', '--untardir', place], { env: apart(place) });
    return;
  }
  const archive = join(folder, `${name}-${version}.tgz`);
  if (!existsSync(archive)) throw new StackError(`There is no ${archive}: helm pull ${chart} --version ${version}`);
  const { status, stderr } = spawnSync('tar', ['xzf', archive, '-C', place], { encoding: 'utf8' });
  if (status !== 0) throw new StackError(`${archive}: ${stderr}`);
}

function template(checkout: string, folder: string, install: Install, place: string): Manifest[] {
  const { release, namespace, values } = install;
  const given = values.map((value, at) => (values[at - 1] === '-f' ? join(checkout, value) : value));
  const args = ['template', release, folder, '-n', namespace, '--include-crds', ...given];
  return manifestsIn(run('helm', args, { env: apart(place) }));
}

/** Default values of a chart, over those of the charts that it contains. */
function defaultsOf(folder: string): Values {
  const own = valuesIn(folder);
  const below = join(folder, 'charts');
  const names = existsSync(below) ? readdirSync(below, { withFileTypes: true }).filter((one) => one.isDirectory()) : [];
  const parts = Object.fromEntries(names.map(({ name }) => [name, defaultsOf(join(below, name))]));
  return merged(parts, own);
}

function valuesIn(folder: string): Values {
  const file = join(folder, 'values.yaml');
  return existsSync(file) ? ((parse(readFileSync(file, 'utf8'), { merge: true }) as Values | null) ?? {}) : {};
}

function givenValues(checkout: string, install: Install): Values {
  const files = filesOf(install).map(
    (file) => parse(readFileSync(join(checkout, file), 'utf8'), { merge: true }) as Values,
  );
  const sets = install.values.filter((_one, at) => install.values[at - 1] === '--set').map(setValues);
  return [...files, ...sets].reduce(merged, {});
}
