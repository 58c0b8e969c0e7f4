import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { DeskConfig } from '../operator/desk-config';
import { apps, operator } from '../stack/apps';
import { checkout } from './compose';
import { containersOf, isWorkload, type Manifest } from './manifest';
import { components, describeRendered, kubernetesFolder, renderedWith } from './render';
import { replicasProblems } from './replicas';
import { comingBack, roundTrip } from './round-trip';
import { schemaProblems } from './schema';
import { configClass, type ConfigClass, configFor, configuredBy, isSetup, unknownVariables } from './settings';

/** All that can be had at once; a cluster has one way in. In the order in which the guide lists them. */
const everything = (wayIn: string): string[] => [
  'operator',
  wayIn,
  'external-secrets',
  'read-replicas',
  'object-store',
  'board',
  'keda',
  'in-flight',
  'monitoring',
  'tracing',
  'servers-tls',
  'quota',
  'openshift',
  'priority',
  'dual-stack',
  'node-local-dns',
  'argo-cd',
  'namespaces',
  'hosts',
];
const combinations: readonly [string, string, readonly string[]][] = [
  ['everything behind an ingress', 'base', everything('ingress')],
  ['everything behind the Gateway API', 'base', everything('gateway-api')],
  ['production with the rest', 'overlays/production', ['operator', 'object-store', 'tracing']],
  ['development with an operators’ desk', 'overlays/dev', ['operator']],
  ...components.map((name): [string, string, readonly string[]] => [`${name} alone`, 'base', [name]]),
];

const settingsFor = (app: string) =>
  app === 'operator'
    ? DeskConfig
    : configClass(jest.requireActual<Record<string, unknown>>(join(checkout, 'apps', app, 'src/config')));
const variables = (env: readonly { name: string; value?: string }[] = []): Record<string, string> =>
  Object.fromEntries(env.map(({ name, value = '' }) => [name, value]));
const keysOf = ({ spec }: Manifest): string[] =>
  (spec?.data as { secretKey: string }[]).map(({ secretKey }) => secretKey).sort();

describe('the components', () => {
  it('are all put together with others by a test', () => {
    expect([...new Set(combinations.flatMap(([, , chosen]) => (chosen.length > 1 ? chosen : [])))].sort()).toEqual(
      components,
    );
  });

  it.each(components)('%s is made of all files that it has', (name) => {
    const folder = join(kubernetesFolder, 'components', name);
    const text = readFileSync(join(folder, 'kustomization.yaml'), 'utf8');
    const { resources = [], patches = [] } = parse(text) as { resources?: string[]; patches?: { path?: string }[] };
    const named = [...resources, ...patches.flatMap(({ path }) => path ?? [])];
    // Values of a chart of somebody else's, and what a cluster has once.
    const others = ['kustomization.yaml', 'adapter.yaml', 'class.yaml', 'collector.yaml'];
    expect(named.sort()).toEqual(readdirSync(folder).filter((file) => !others.includes(file)));
  });
});

describeRendered('the manifests of', () => {
  describe.each(combinations)('%s', (_name, folder, chosen) => {
    const manifests = renderedWith(folder, chosen);
    const workloads = manifests.filter(isWorkload);
    const containers = workloads.flatMap((workload) => containersOf(workload).map((one) => ({ workload, ...one })));

    it('are right by the schemas, each object once', () => {
      const problems = manifests.flatMap((one) => schemaProblems(one).map((text) => `${one.metadata.name}: ${text}`));
      expect(problems).toEqual([]);
      const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    });

    // One alone is in the others as well, and kubectl takes its time.
    if (chosen.length > 1) {
      it('come back whole from kubectl’s own types', () => {
        for (const workload of workloads) expect(roundTrip(workload)).toEqual(comingBack(workload));
      });
    }

    it('have containers of our own images alone, locked in', () => {
      for (const { image, securityContext, workload } of containers) {
        expect([workload.metadata.name, image]).toEqual([
          workload.metadata.name,
          expect.stringMatching(/^ghcr\.io\/open-cpo\/[a-z]+:\d+\.\d+\.\d+$/),
        ]);
        expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
      }
    });

    it('have a number of replicas where no autoscaler owns it, and only there', () => {
      expect(replicasProblems(manifests)).toEqual([]);
    });

    it('tell every app what it knows, and all that it needs', () => {
      for (const container of containers) {
        const app = /open-cpo\/([a-z]+)/.exec(container.image)?.[1] ?? '';
        const Config = configFor(container, () => settingsFor(app) as ConfigClass);
        const configured = variables(container.env);
        const operatorConsole = app === 'operator' && !isSetup(container);
        const names = Object.keys(configured).filter((name) => !operatorConsole || name !== 'NODE_ENV');
        expect(unknownVariables(Config, names)).toEqual([]);
        if (!operatorConsole) expect(configuredBy(Config, configured)).toBeDefined();
      }
    });

    it('mount secrets that hold what is read', () => {
      const held = new Map(
        manifests.filter(({ kind }) => kind === 'ExternalSecret').map((one) => [one.metadata.name, keysOf(one)]),
      );
      if (!held.has('gateway')) return;
      for (const { workload, env } of containers.filter(({ workload: one }) => held.has(one.metadata.name))) {
        const files = Object.values(variables(env)).filter((value) => value.startsWith('/secrets/'));
        expect(held.get(workload.metadata.name)).toEqual([...new Set(files.map((file) => basename(file)))].sort());
      }
    });
  });

  it('an operators’ desk speaks TLS to the broker where the apps do, and stays empty', () => {
    const manifests = renderedWith('overlays/dev', ['operator', 'tracing', 'servers-tls']);
    const operatorConsole = manifests.filter(isWorkload).find(({ metadata }) => metadata.name === 'operator');
    expect(operatorConsole?.spec.replicas).toBe(0);
    expect(operatorConsole?.spec.template.spec.containers).toHaveLength(1);
    const { NATS_URL, OTEL_EXPORTER_OTLP_ENDPOINT } = variables(operatorConsole?.spec.template.spec.containers[0]?.env);
    expect([NATS_URL, OTEL_EXPORTER_OTLP_ENDPOINT]).toEqual(['tls://nats.open-cpo-data.svc:4222', undefined]);
  });

  it('the setup of the broker speaks TLS to it where the apps do', () => {
    const jobs = renderedWith('base', ['servers-tls']).filter(isWorkload);
    const setup = jobs.flatMap(containersOf).filter(isSetup);
    expect(setup.map(({ env }) => variables(env).NATS_URL)).toEqual(['tls://nats.open-cpo-data.svc:4222']);
  });

  it('every app takes a digest in the place of its tag', () => {
    const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
    const names = [...apps, operator].map(({ name }) => `ghcr.io/open-cpo/${name}`);
    const manifests = renderedWith('base', [], { images: names.map((name) => ({ name, digest })) });
    const images = manifests.filter(isWorkload).flatMap((one) => containersOf(one).map(({ image }) => image));
    expect([...new Set(images)].sort()).toEqual(names.map((name) => `${name}@${digest}`).sort());
  });

  it('a store for files is reached by those that are configured for it, over TLS', () => {
    const manifests = renderedWith('base', ['object-store']);
    const configured = manifests.filter(isWorkload).filter((one) => variables(containersOf(one).at(-1)?.env).S3_URL);
    const reached = manifests.filter(({ metadata }) => metadata.name.endsWith('-to-object-store'));
    expect(configured.map(({ metadata }) => metadata.name).sort()).toEqual(['gateway', 'worker']);
    expect(reached.map(({ metadata }) => metadata.name).sort()).toEqual([
      'gateway-to-object-store',
      'worker-to-object-store',
    ]);
    const ports = reached.map(({ spec }) => (spec as { egress: { ports: object[] }[] }).egress[0]?.ports);
    expect(ports).toEqual(Array(2).fill([{ protocol: 'TCP', port: 443 }]));
  });
});
