import { type Container, containersOf, isWorkload, type Manifest, type Workload } from '../manifests/manifest';
import { isSetting } from './workloads';

interface Scaler {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}
interface KedaScaler {
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
}

const find = (manifests: readonly Manifest[], kind: string, name?: string): Manifest | undefined =>
  manifests.find((one) => one.kind === kind && (!name || one.metadata.name === name));
const envOf = ({ env = [] }: Container): Record<string, string> =>
  Object.fromEntries(env.map(({ name, value = '' }) => [name, value]));

/** What an installation may say of an app; the defaults are those of the manifests. */
function appValues(manifests: readonly Manifest[], workload: Workload): object {
  const { name } = workload.metadata;
  const [container] = workload.spec.template.spec.containers as [Container];
  const settings = Object.entries(envOf(container)).filter(([key]) => isSetting(key));
  const scaler = find(manifests, 'HorizontalPodAutoscaler', name)?.spec as unknown as Scaler | undefined;
  const { minReplicas = 0, maxReplicas = 0 } = scaler ?? {};
  return {
    resources: container.resources,
    ...(scaler && { autoscaling: { minReplicas, maxReplicas } }),
    ...(name === 'worker' && { replicas: 2 }),
    priorityClassName: '',
    env: Object.fromEntries(settings),
  };
}

/** The default values of the chart: those of the manifests of production. */
export function defaultValues(manifests: readonly Manifest[]): object {
  const deployments = manifests.filter(isWorkload).filter(({ kind }) => kind === 'Deployment');
  const apps = Object.fromEntries(deployments.map((one) => [one.metadata.name, appValues(manifests, one)]));
  return {
    image: { registry: 'ghcr.io/open-cpo', tag: '', digests: {}, pullSecrets: [] },
    exposure: {
      type: 'gateway-api',
      gatewayClassName: 'eg',
      ingressClassName: 'nginx',
      clusterIssuer: 'letsencrypt',
      controllerNamespace: 'envoy-gateway-system',
    },
    ...featureValues(manifests),
    openshift: false,
    nodeSelector: {},
    tolerations: [],
    apps,
  };
}

/** From where on each alert fires. */
function thresholds(manifests: readonly Manifest[]): Record<string, number> {
  const { groups } = find(manifests, 'PrometheusRule')?.spec as {
    groups: { rules: { record?: string; expr: string; labels?: { alert?: string } }[] }[];
  };
  const rules = groups.flatMap((group) => group.rules).filter(({ record }) => record === 'open_cpo:threshold');
  return Object.fromEntries(
    rules.map(({ expr, labels }) => [labels?.alert ?? '', Number(/^vector\((.*)\)$/.exec(expr)?.[1])]),
  );
}

/** Names of the installation, and what can be switched on and off. */
function featureValues(manifests: readonly Manifest[]): object {
  const workloads = manifests.filter(isWorkload);
  const variable = (name: string): string =>
    workloads
      .flatMap(containersOf)
      .map((one) => envOf(one)[name])
      .find((value) => value !== undefined) ?? '';
  const keda = find(manifests, 'ScaledObject')?.spec as unknown as KedaScaler;
  const { hard } = find(manifests, 'ResourceQuota')?.spec as { hard: Record<string, string> };
  return {
    hosts: {
      api: new URL(variable('PUBLIC_URL')).host,
      corsOrigins: variable('CORS_ORIGINS'),
      mailFrom: variable('MAIL_FROM'),
    },
    servers: {
      namespace: 'open-cpo-data',
      tls: { enabled: true },
      streamReplicas: Number(variable('STREAM_REPLICAS')),
    },
    externalSecrets: { enabled: true, store: 'open-cpo' },
    keda: { enabled: true, minReplicas: keda.minReplicaCount, maxReplicas: keda.maxReplicaCount },
    inFlight: { enabled: true },
    monitoring: { enabled: true, namespace: 'monitoring', shared: true, thresholds: thresholds(manifests) },
    tracing: {
      enabled: false,
      endpoint: variable('OTEL_EXPORTER_OTLP_ENDPOINT'),
      ratio: Number(variable('OTEL_TRACES_SAMPLER_ARG')),
    },
    objectStore: { enabled: false, url: variable('S3_URL'), region: variable('S3_REGION') },
    board: { enabled: false },
    operator: { enabled: false },
    quota: { enabled: false, hard },
    dualStack: { enabled: false },
    nodeLocalDns: { enabled: false, address: '169.254.20.10' },
  };
}

/** Objects whose keys are the user's. */
const FREE: Readonly<Record<string, object>> = {
  digests: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
  env: { type: ['string', 'number', 'boolean'] },
  hard: { type: ['string', 'number'] },
  nodeSelector: { type: 'string' },
  requests: { type: ['string', 'number'] },
  limits: { type: ['string', 'number'] },
  thresholds: { type: 'number', minimum: 0 },
};
const KNOWN: Readonly<Record<string, object>> = {
  type: { enum: ['gateway-api', 'ingress', 'none'] },
  streamReplicas: { type: 'integer', enum: [1, 3, 5] },
  pullSecrets: {
    type: 'array',
    items: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: { name: { type: 'string' } },
    },
  },
  tolerations: { type: 'array', items: { type: 'object' } },
  api: { type: 'string', pattern: '^[a-z0-9.-]+$' },
  url: { type: 'string', pattern: '^https?://' },
  ratio: { type: 'number', minimum: 0, maximum: 1 },
};

/** The JSON Schema of values like these: no other keys, and values of the same types. */
export function schemaOf(value: unknown, key = ''): object {
  const known = KNOWN[key];
  if (known) return known;
  if (typeof value === 'number') return { type: 'integer', minimum: 0 };
  if (typeof value !== 'object' || value === null) return { type: typeof value };
  const free = FREE[key];
  if (free) return { type: 'object', additionalProperties: free };
  const properties = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, schemaOf(one, name)]));
  return { type: 'object', additionalProperties: false, properties };
}
