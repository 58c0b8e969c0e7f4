import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Manifest, Workload } from '../manifest';
import type { Install } from './installs';

/** What tests know of a chart: of its pods the fields that Pod Security, network policies and monitors look at. */
export interface Facts {
  readonly chart: string;
  readonly version: string;
  /** Versions that are served of the custom resources it brings: `Gateway.gateway.networking.k8s.io`. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
  readonly renders: readonly Render[];
}
export interface Render extends Pick<Install, 'release' | 'namespace' | 'values'> {
  /** Of the files of values. */
  readonly digest: string;
  /** Keys of our values that the chart does not have. */
  readonly unknown: readonly string[];
  readonly workloads: readonly Workload[];
  readonly services: readonly { readonly name: string; readonly ports: readonly number[] }[];
  /** What the Prometheus of the chart takes up, and labels and annotations that Grafana's sidecars look for. */
  readonly prometheus?: Readonly<Record<string, unknown>>;
  readonly sidecars?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'];
const HOST = ['hostNetwork', 'hostPID', 'hostIPC', 'securityContext'] as const;
const SIDECAR = ['LABEL', 'LABEL_VALUE', 'NAMESPACE', 'FOLDER_ANNOTATION'];
type Any = Readonly<Record<string, unknown>>;

/** Without what is absent, false or empty, which no rule looks at. */
const said = (values: Any): Any =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([, one]) => one !== undefined && one !== false && JSON.stringify(one) !== '[]' && JSON.stringify(one) !== '{}',
    ),
  );

function containerFacts(container: Any): Any {
  const ports = ((container.ports ?? []) as readonly Any[]).map(({ name, containerPort, hostPort }) =>
    said({ name, containerPort, hostPort }),
  );
  return {
    name: container.name,
    image: container.image,
    ...said({ ports, securityContext: container.securityContext }),
  };
}

function podFacts(pod: Any): Any {
  const containers = (key: string): Any[] => ((pod[key] ?? []) as readonly Any[]).map(containerFacts);
  // Of a volume its kind alone.
  const volumes = ((pod.volumes ?? []) as readonly Any[]).map((one) =>
    Object.fromEntries(Object.keys(one).map((key) => [key, key === 'name' ? one.name : {}])),
  );
  const host = said(Object.fromEntries(HOST.map((key) => [key, pod[key]])));
  return {
    ...host,
    ...said({ volumes, initContainers: containers('initContainers') }),
    containers: containers('containers'),
  };
}

/** The pod that a workload makes. */
function templateOf(manifest: Manifest): Any {
  if (manifest.kind === 'Pod') return { metadata: manifest.metadata, spec: manifest.spec };
  const spec = manifest.kind === 'CronJob' ? (manifest.spec?.jobTemplate as { spec: Any }).spec : manifest.spec;
  return spec?.template as Any;
}

/** Pods of `helm test` run on request alone. */
const isChartWorkload = ({ kind, metadata }: Manifest): boolean =>
  WORKLOADS.includes(kind) && !/\btest\b/.test(metadata.annotations?.['helm.sh/hook'] ?? '');

function workloadFacts(manifest: Manifest): Workload {
  const { metadata, spec } = templateOf(manifest) as { metadata: Manifest['metadata']; spec: Any };
  const template = { metadata: { labels: metadata.labels ?? {} }, spec: podFacts(spec) };
  const { apiVersion, kind } = manifest;
  return { apiVersion, kind, metadata: { name: manifest.metadata.name }, spec: { template } } as unknown as Workload;
}

function sidecarFacts(manifests: readonly Manifest[]): Any {
  const containers = manifests
    .filter(isChartWorkload)
    .flatMap(
      (one) => (templateOf(one).spec as { containers: readonly { name: string; env?: readonly Any[] }[] }).containers,
    );
  const found = containers.map(({ name, env = [] }): [string, Any] => [
    name,
    Object.fromEntries(
      env
        .filter((one) => SIDECAR.includes(String(one.name)))
        .map((one): [string, unknown] => [String(one.name), one.value]),
    ),
  ]);
  return Object.fromEntries(found.filter(([, env]) => 'LABEL' in env));
}

function prometheusFacts(manifests: readonly Manifest[]): Any {
  const spec = manifests.find(({ kind }) => kind === 'Prometheus')?.spec ?? {};
  return Object.fromEntries(Object.entries(spec).filter(([key]) => /^(podMonitor|rule).*Selector$/.test(key)));
}

/** The facts of what Helm made, without custom resources. */
export function renderFacts(
  manifests: readonly Manifest[],
): Pick<Render, 'workloads' | 'services' | 'prometheus' | 'sidecars'> {
  const services = manifests
    .filter(({ kind, spec }) => kind === 'Service' && spec?.ports)
    .map(({ metadata: { name }, spec }) => ({
      name,
      ports: (spec?.ports as { port: number }[]).map(({ port }) => port),
    }));
  const more = said({ prometheus: prometheusFacts(manifests), sidecars: sidecarFacts(manifests) });
  return { workloads: manifests.filter(isChartWorkload).map(workloadFacts), services, ...more };
}

interface Definition {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}
/** The versions of custom resources that Helm would make known to the API server. */
export function resourceFacts(manifests: readonly Manifest[]): Record<string, string[]> {
  const definitions = manifests
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map(({ spec }) => spec as unknown as Definition);
  const found = definitions.map(({ group, names, versions }): [string, string[]] => [
    `${names.kind}.${group}`,
    versions.filter(({ served }) => served).map(({ name }) => name),
  ]);
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The facts that this repository keeps, by the names of charts. */
export function keptFacts(checkout: string): Map<string, Facts> {
  const folder = join(checkout, 'tools/manifests/charts/facts');
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return new Map(
    files.map((file) => [file.replace('.yaml', ''), parse(readFileSync(join(folder, file), 'utf8')) as Facts]),
  );
}

/** What a chart makes with these of our files of values among its own. @throws Error where no such render is kept */
export function renderOf(checkout: string, chart: string, ...files: readonly string[]): Render {
  const renders = keptFacts(checkout).get(chart)?.renders ?? [];
  const found = renders.find(({ values }) => files.every((file) => values.some((value) => value.endsWith(file))));
  if (!found) throw new Error(`No facts of ${chart} with ${files.join(', ')}`);
  return found;
}
