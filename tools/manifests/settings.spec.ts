import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import * as contracts from '@open-cpo/contracts';
import { productionSources } from './production-sources';
import { SetupConfig } from '../broker-setup/setup-config';
import { apps } from '../stack/apps';
import { type Container, containersOf, isWorkload, type Manifest, type Workload } from './manifest';
import { describeRendered, overlays, rendered } from './render';
import {
  configClass,
  type ConfigClass,
  configFor,
  configuredBy,
  isMigration,
  isSetup,
  settingsOf,
  unknownVariables,
} from './settings';

const checkout = resolve(__dirname, '../..');
const secretOf = (container: Container): string =>
  isSetup(container) ? 'broker-setup' : `${appOf(container.image)}${isMigration(container.args) ? '-migration' : ''}`;
const configOf = (app: string): ConfigClass =>
  configClass(jest.requireActual<Record<string, unknown>>(join(checkout, 'apps', app, 'src/config')));
const appOf = (image: string): string => /open-cpo\/([a-z]+)/.exec(image)?.[1] ?? '';
const variables = (container: { env?: readonly { name: string; value?: string }[] }): Record<string, string> =>
  Object.fromEntries((container.env ?? []).map(({ name, value = '' }) => [name, value]));

describe('the settings of the apps', () => {
  const guide = readFileSync(join(checkout, 'docs/operations.md'), 'utf8');
  const documented = [...guide.matchAll(/^\|([^|]+)\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name),
  );
  const all = new Set([...apps.flatMap(({ name }) => settingsOf(configOf(name))), ...settingsOf(SetupConfig)]);

  it('are all in the operations guide', () => {
    expect([...all].filter((name) => !documented.includes(name))).toEqual([]);
  });

  it('are all that the operations guide promises', () => {
    expect(documented.filter((name) => !all.has(name))).toEqual([]);
  });
});

describeRendered('the variables that overlay', () => {
  describe.each(overlays)('%s gives', (overlay) => {
    const manifests = rendered(`overlays/${overlay}`);
    const workloads = manifests.filter(isWorkload);
    const each = workloads.flatMap((workload) =>
      containersOf(workload).map((container): [string, Workload, typeof container] => [
        `${workload.metadata.name}/${container.name}`,
        workload,
        container,
      ]),
    );

    it.each(each)('%s are known to its app', (_name, _workload, container) => {
      const Config = configFor(container, () => configOf(appOf(container.image)));
      expect(unknownVariables(Config, Object.keys(variables(container)))).toEqual([]);
    });

    it.each(each)('%s are all that its app needs in production', (_name, _workload, container) => {
      const app = appOf(container.image);
      const config = configuredBy(
        configFor(container, () => configOf(app)),
        variables(container),
      );
      const natsUser = isSetup(container) ? 'setup' : app;
      const credential = isMigration(container.args) ? {} : { natsUser, natsPassword: 'secret' };
      expect(config).toMatchObject({ production: true, ...credential });
    });

    it.each(each)('%s in files are files of a secret that is mounted', (_name, { spec }, container) => {
      const volumes = spec.template.spec.volumes ?? [];
      const secret = volumes.find(({ name }) => name === 'secrets')?.secret?.secretName;
      expect(secret).toBe(secretOf(container));
      expect(container.volumeMounts).toContainEqual({ name: 'secrets', mountPath: '/secrets', readOnly: true });
    });

    if (overlay !== 'dev') {
      it('come from secrets that hold exactly what is used', () => {
        const used: Record<string, string[]> = {};
        for (const [, , container] of each) {
          const files = Object.values(variables(container)).filter((value) => value.startsWith('/secrets/'));
          const keys = (used[secretOf(container)] ??= []);
          keys.push(...files.map((file) => basename(file)).filter((key) => !keys.includes(key)));
        }
        const held = Object.fromEntries(
          secretsOf(manifests).filter(([name]) => !['worker-queues', 'operator'].includes(name)),
        );
        expect(held).toEqual(Object.fromEntries(Object.entries(used).map(([app, keys]) => [app, keys.sort()])));
      });

      it('let the worker scale by the queues that it serves', () => {
        expect(scaledQueues(manifests)).toEqual(servedQueues());
        expect(secretsOf(manifests)).toContainEqual(['worker-queues', ['redis-password', 'redis-username']]);
      });
    }
  });
});

/** Name and keys of each secret that is made from outside. */
function secretsOf(manifests: readonly Manifest[]): [string, string[]][] {
  return manifests
    .filter(({ kind }) => kind === 'ExternalSecret')
    .map(({ metadata, spec }) => {
      const data = spec?.data as { secretKey: string }[];
      return [metadata.name, data.map(({ secretKey }) => secretKey).sort()];
    });
}

function scaledQueues(manifests: readonly Manifest[]): string[] {
  const scaled = manifests.find(({ kind }) => kind === 'ScaledObject')?.spec as {
    triggers: { metadata: { listName: string } }[];
  };
  return scaled.triggers.map(({ metadata }) => metadata.listName).sort();
}

/** The lists of jobs that wait for the worker, by its sources. */
function servedQueues(): string[] {
  const declared = contracts as unknown as Record<string, { queue?: string }>;
  const folder = join(checkout, 'apps/worker/src');
  const text = productionSources(folder)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const names = [...text.matchAll(/runner\.run\((\w+)/g)].map(([, name = '']) => declared[name]?.queue ?? name);
  return names.map((name) => `cpo:jobs:${name}:wait`).sort();
}
