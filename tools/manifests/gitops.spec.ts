import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './compose';
import { isWorkload, type Manifest } from './manifest';
import { describeRendered, manifestsIn, rendered, renderedWith } from './render';
import { replicasProblems } from './replicas';

const folder = join(checkout, 'k8s/examples');
const filesOf = (tool: string): Manifest[] =>
  readdirSync(join(folder, tool)).flatMap((name) => manifestsIn(readFileSync(join(folder, tool, name), 'utf8')));
const guide = readFileSync(join(checkout, 'docs/operations.md'), 'utf8');

interface Source {
  readonly repoURL: string;
  readonly path?: string;
  readonly chart?: string;
  readonly targetRevision: string;
  readonly ref?: string;
  readonly kustomize?: { readonly components: readonly string[] };
  readonly helm?: { readonly releaseName: string; readonly valueFiles: readonly string[] };
}
interface Difference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly jsonPointers?: readonly string[];
}
interface Application {
  readonly project: string;
  readonly source?: Source;
  readonly sources?: readonly Source[];
  readonly destination: { readonly namespace: string };
  readonly ignoreDifferences?: readonly Difference[];
  readonly syncPolicy: { readonly automated: { readonly prune: boolean }; readonly syncOptions: readonly string[] };
}
interface Project {
  readonly sourceRepos: readonly string[];
  readonly destinations: readonly { readonly namespace: string }[];
  readonly clusterResourceWhitelist: readonly { readonly group: string; readonly kind: string }[];
}
interface FluxKustomization {
  readonly path: string;
  readonly dependsOn?: readonly { readonly name: string }[];
  readonly sourceRef: { readonly name: string };
  readonly healthChecks?: readonly { readonly kind: string; readonly name: string }[];
  readonly prune: boolean;
}

/** The chart of the broker as the guide installs it. */
const [, version = '', values = ''] =
  /helm upgrade --install nats nats\/nats --version (\S+) -n open-cpo-data (.*)/.exec(guide) ?? [];
const valueFiles = [...values.matchAll(/-f (\S+)/g)].map(([, file = '']) => file);
const [, chartRepository = ''] = /helm repo add nats (\S+)/.exec(guide) ?? [];
const plain = (url: string): string => url.replace(/\/$/, '');
/** What a folder has that belongs to no namespace. */
const CLUSTER_WIDE = ['Namespace', 'PriorityClass', 'GatewayClass', 'ClusterRole', 'ClusterRoleBinding'];
/** Folders in the order of an upgrade. */
const ORDER = ['k8s/servers-tls', 'k8s/overlays/production'];

/** Deployments that an autoscaler owns. */
const scaled = (manifests: readonly Manifest[]): string[] =>
  manifests
    .filter(({ kind }) => ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind))
    .map(({ spec }) => (spec as { scaleTargetRef: { name: string } }).scaleTargetRef.name);

describeRendered('the example for Argo CD', () => {
  const manifests = filesOf('argo-cd');
  const applications = manifests
    .filter(({ kind }) => kind === 'Application')
    .map(({ metadata, spec }): [string, Application] => [metadata.name, spec as unknown as Application]);
  const project = manifests.find(({ kind }) => kind === 'AppProject')?.spec as unknown as Project;
  const sourcesOf = ({ source, sources = [] }: Application): readonly Source[] => (source ? [source] : sources);
  const folders = applications.flatMap(([, one]) => sourcesOf(one).flatMap(({ path }) => path ?? []));

  it('deploys the servers, the broker and the apps, in this order', () => {
    expect(folders).toEqual(ORDER);
    const waves = manifests
      .filter(({ kind }) => kind === 'Application')
      .map(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-wave']);
    expect(waves).toEqual(['0', '1', '2']);
  });

  it.each(applications)('%s stays within its project', (_name, application) => {
    expect(project.destinations.map(({ namespace }) => namespace)).toContain(application.destination.namespace);
    for (const { repoURL, path } of sourcesOf(application)) {
      expect(project.sourceRepos).toContain(repoURL);
      const objects = path ? rendered(path.replace('k8s/', '')) : [];
      const outside = objects.filter(({ kind }) => CLUSTER_WIDE.includes(kind)).map(({ kind }) => kind);
      const allowed = project.clusterResourceWhitelist.map(({ kind }) => kind);
      expect(outside.filter((kind) => !allowed.includes(kind))).toEqual([]);
      const namespaces = objects.flatMap(({ metadata }) => metadata.namespace ?? []);
      expect([...new Set(namespaces)].filter((name) => name !== application.destination.namespace)).toEqual([]);
    }
  });

  it('leaves the replicas to their autoscalers', () => {
    const objects = rendered('overlays/production');
    expect(scaled(objects).length).toBeGreaterThan(5);
    expect(replicasProblems(objects)).toEqual([]);
    const [, apps] = applications.find(([name]) => name === 'open-cpo') ?? [];
    const targets = objects.filter((one) => isWorkload(one) && scaled(objects).includes(one.metadata.name));
    const kinds = new Set(targets.filter(({ kind }) => kind !== 'Job').map(({ kind }) => kind));
    const ignored = apps?.ignoreDifferences?.filter(({ jsonPointers }) => jsonPointers?.includes('/spec/replicas'));
    expect(ignored?.map(({ group, kind }) => `${group} ${kind}`)).toEqual([...kinds].map((kind) => `apps ${kind}`));
    // Without it a sync puts right what the comparison ignores.
    expect(apps?.syncPolicy.syncOptions).toEqual(
      expect.arrayContaining(['ServerSideApply=true', 'RespectIgnoreDifferences=true']),
    );
  });

  it('takes the chart of the broker as the guide does', () => {
    const [, nats] = applications.find(([name]) => name === 'open-cpo-nats') ?? [];
    const [chart, own] = nats?.sources ?? [];
    expect(chart).toMatchObject({ chart: 'nats', targetRevision: version, helm: { releaseName: 'nats' } });
    expect(plain(chart?.repoURL ?? '')).toBe(plain(chartRepository));
    expect(chart?.helm?.valueFiles).toEqual(valueFiles.map((file) => `$${own?.ref}/${file}`));
    for (const file of valueFiles) expect(existsSync(join(checkout, file))).toBe(true);
  });

  it('applies secrets and policies, then jobs, then what runs', () => {
    const [, apps] = applications.find(([name]) => name === 'open-cpo') ?? [];
    const chosen = apps?.source?.kustomize?.components.map((path) => path.replace('../../components/', '')) ?? [];
    const objects = renderedWith('overlays/production', chosen);
    const waveOf = ({ metadata }: Manifest): string => metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '0';
    const waves = (kind: string): string[] => [...new Set(objects.filter((one) => one.kind === kind).map(waveOf))];
    expect(waves('Job')).toEqual(['1']);
    for (const kind of ['ExternalSecret', 'ServiceAccount', 'NetworkPolicy', 'Namespace', 'ConfigMap', 'Service']) {
      expect([kind, waves(kind)]).toEqual([kind, ['0']]);
    }
    // What is unhealthy until pods run or a certificate is there must not hold up a wave: it is in the last one.
    for (const kind of [
      'Deployment',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
      'ScaledObject',
      'Gateway',
      'HTTPRoute',
    ]) {
      expect([kind, waves(kind)]).toEqual([kind, ['2']]);
    }
    // Annotations of before stay.
    for (const { metadata } of objects.filter(({ kind }) => kind === 'Job')) {
      expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' });
    }
  });

  it('calls no default a difference, and no field that cannot be changed', () => {
    const made = manifests.filter(({ kind }) => kind === 'Application');
    for (const { metadata } of made) {
      expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' });
    }
    for (const [, { destination, ignoreDifferences, syncPolicy }] of applications) {
      expect(syncPolicy.syncOptions).toContain('RespectIgnoreDifferences=true');
      const namespaces = ignoreDifferences?.map(({ namespace }) => namespace) ?? [];
      expect(namespaces.filter((name) => name !== destination.namespace)).toEqual([]);
      if (destination.namespace !== 'open-cpo-data') continue;
      expect(ignoreDifferences).toContainEqual(expect.objectContaining({ group: 'apps', kind: 'StatefulSet' }));
    }
  });

  it('deletes no server with what it holds', () => {
    const kept = applications.filter(([, { destination }]) => destination.namespace === 'open-cpo-data');
    expect(kept.map(([, { syncPolicy }]) => syncPolicy.automated.prune)).toEqual([false, false]);
  });
});

describeRendered('the example for Flux', () => {
  const manifests = filesOf('flux');
  const steps = manifests
    .filter(({ kind }) => kind === 'Kustomization')
    .map(({ metadata, spec }) => ({ name: metadata.name, ...(spec as unknown as FluxKustomization) }));
  const spec = (kind: string): Record<string, unknown> => manifests.find((one) => one.kind === kind)?.spec ?? {};

  it('deploys the servers, the broker and the apps, each after the one before', () => {
    const paths = steps.map(({ path }) => path.replace('./', ''));
    expect(paths).toEqual([ORDER[0], 'k8s/servers/nats', ORDER[1]]);
    for (const path of paths) expect(rendered(path.replace('k8s/', '')).length).toBeGreaterThan(0);
    expect(steps.map(({ dependsOn }) => dependsOn?.map(({ name }) => name))).toEqual([
      undefined,
      [steps[0]?.name],
      [steps[1]?.name],
    ]);
    const sources = manifests.filter(({ kind }) => kind === 'GitRepository').map(({ metadata }) => metadata.name);
    expect(new Set(steps.map(({ sourceRef }) => sourceRef.name))).toEqual(new Set(sources));
  });

  it('waits for servers that there are', () => {
    const servers = rendered('servers-tls').map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    const waited = steps[0]?.healthChecks?.map(({ kind, name }) => `${kind} ${name}`) ?? [];
    expect(waited.length).toBeGreaterThan(0);
    expect(waited.filter((one) => !servers.includes(one))).toEqual([]);
    expect(steps[1]?.healthChecks).toMatchObject([{ kind: 'HelmRelease', name: 'nats' }]);
  });

  it('takes the chart of the broker as the guide does, with its files of values', () => {
    expect(spec('HelmRepository').url).toBe(`${plain(chartRepository)}/`);
    const release = spec('HelmRelease') as {
      chart: { spec: object };
      targetNamespace: string;
      valuesFrom: { name: string; valuesKey: string }[];
    };
    expect(release.chart.spec).toMatchObject({ chart: 'nats', version });
    expect(release.targetNamespace).toBe('open-cpo-data');
    expect(release.valuesFrom.map(({ valuesKey }) => `k8s/servers/nats/${valuesKey}`)).toEqual(valueFiles);
    const [map] = rendered('servers/nats') as (Manifest & { data: Record<string, string> })[];
    expect([map?.kind, map?.metadata.name]).toEqual(['ConfigMap', release.valuesFrom[0]?.name]);
    for (const { valuesKey } of release.valuesFrom) {
      expect(map?.data[valuesKey]).toBe(readFileSync(join(checkout, 'k8s/servers/nats', valuesKey), 'utf8'));
    }
  });

  it('recreates jobs, which cannot be changed, and deletes no server', () => {
    const jobs = rendered('overlays/production').filter(({ kind }) => kind === 'Job');
    for (const { metadata } of jobs) {
      expect(metadata.annotations).toMatchObject({
        'kustomize.toolkit.fluxcd.io/force': 'enabled',
        'argocd.argoproj.io/sync-options': 'Force=true,Replace=true',
      });
    }
    expect(steps[0]?.prune).toBe(false);
  });
});

/** Fields with one of these values, at any depth, by their names. */
function fieldsWith(value: unknown, wanted: readonly string[], name = ''): string[] {
  if (typeof value === 'string') return wanted.includes(value) ? [name] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => fieldsWith(one, wanted, Array.isArray(value) ? name : key));
}

it.each(['argo-cd', 'flux'])(
  'the example for %s names the namespaces in the fields that the guide tells alone',
  (tool) => {
    const inside = filesOf(tool).map(({ spec }) => spec);
    expect(new Set(fieldsWith(inside, ['open-cpo-data']))).toEqual(
      new Set(tool === 'flux' ? ['namespace', 'targetNamespace'] : ['namespace']),
    );
    // The application, its project and its source have the name of the platform as well.
    const others = ['project', 'name'];
    expect(fieldsWith(inside, ['open-cpo']).filter((name) => name !== 'namespace' && !others.includes(name))).toEqual(
      [],
    );
  },
);
