import { isWorkload, type Manifest } from '../manifests/manifest';
import { fieldsIf, itemsIf, templateText } from './template-text';
import { workloadTemplate } from './workloads';

type Fields = Record<string, unknown>;
interface Metric {
  readonly type: string;
}
interface SecretData {
  readonly data: readonly { readonly secretKey: string }[];
}
interface Triggers {
  readonly triggers: readonly { readonly metadata: Fields }[];
}
interface Peer {
  readonly ipBlock?: { readonly cidr: string };
}
interface Policy {
  readonly egress?: readonly { readonly to: readonly Peer[]; readonly ports: unknown }[];
}
interface Authentication {
  readonly secretTargetRef: readonly { readonly parameter: string }[];
}

const TLS = '.Values.servers.tls.enabled';
/** Where NodeLocal DNSCache answers, unless a cluster gives it another address. */
const LOCAL_DNS = '169.254.20.10';
/** Values of an installation that stand within texts, and what stands in their place. */
const TEXTS: readonly [string, string][] = [
  ['open-cpo-data', '⟦.Values.servers.namespace⟧'],
  ['envoy-gateway-system', '⟦.Values.exposure.controllerNamespace⟧'],
  ['api.example.com', '⟦.Values.hosts.api⟧'],
];

/** Replaces texts at every depth, also in keys. */
function withTexts(value: unknown): unknown {
  if (typeof value === 'string') return TEXTS.reduce((text, [old, put]) => text.replaceAll(old, put), value);
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withTexts(one)]));
}

/** What becomes of the `spec` of kinds that have parts of features. */
const SPECS: Readonly<Record<string, (spec: Fields, name: string) => Fields>> = {
  HorizontalPodAutoscaler: (spec, name) => {
    const metrics = spec.metrics as readonly Metric[];
    const pods = itemsIf(
      '.Values.inFlight.enabled',
      metrics.filter(({ type }) => type === 'Pods'),
    );
    const scaling = `.Values.apps.${name}.autoscaling`;
    return {
      ...spec,
      minReplicas: `⟦${scaling}.minReplicas⟧`,
      maxReplicas: `⟦${scaling}.maxReplicas⟧`,
      metrics: [...metrics.filter(({ type }) => type !== 'Pods'), ...pods],
    };
  },
  ExternalSecret: (spec) => {
    const { data } = spec as unknown as SecretData;
    const of = (pattern: RegExp, condition: string): unknown[] =>
      itemsIf(
        condition,
        data.filter(({ secretKey }) => pattern.test(secretKey)),
      );
    return {
      ...spec,
      secretStoreRef: { kind: 'ClusterSecretStore', name: '⟦.Values.externalSecrets.store⟧' },
      data: [
        ...data.filter(({ secretKey }) => !/^(s3|board)-/.test(secretKey)),
        ...of(/^s3-/, '.Values.objectStore.enabled'),
        ...of(/^board-/, '.Values.board.enabled'),
      ],
    };
  },
  ScaledObject: (spec) => ({
    ...spec,
    minReplicaCount: '⟦.Values.keda.minReplicas⟧',
    maxReplicaCount: '⟦.Values.keda.maxReplicas⟧',
    triggers: (spec as unknown as Triggers).triggers.map(({ metadata: { enableTLS, ...metadata }, ...rest }) => ({
      ...rest,
      metadata: { ...metadata, ...fieldsIf(TLS, { enableTLS }) },
    })),
  }),
  TriggerAuthentication: (spec) => {
    const { secretTargetRef } = spec as unknown as Authentication;
    const ca = secretTargetRef.filter(({ parameter }) => parameter === 'ca');
    return { ...spec, secretTargetRef: [...secretTargetRef.filter((one) => !ca.includes(one)), ...itemsIf(TLS, ca)] };
  },
  NetworkPolicy: (spec) => {
    const { egress } = spec as Policy;
    if (!egress) return spec;
    const isIPv6 = ({ ipBlock }: Peer): boolean => ipBlock?.cidr.includes(':') === true;
    const isLocalDns = ({ ipBlock }: Peer): boolean => ipBlock?.cidr === `${LOCAL_DNS}/32`;
    const local = { ipBlock: { cidr: '⟦.Values.nodeLocalDns.address⟧/32' } };
    const peers = (to: readonly Peer[]): unknown[] => [
      ...to.filter((one) => !isIPv6(one) && !isLocalDns(one)),
      ...itemsIf('.Values.dualStack.enabled', to.filter(isIPv6)),
      ...itemsIf(
        '.Values.nodeLocalDns.enabled',
        to.filter(isLocalDns).map(() => local),
      ),
    ];
    const isOpenShift = (rule: object): boolean => JSON.stringify(rule).includes('openshift-dns');
    const rules = egress.filter((one) => !isOpenShift(one)).map(({ to, ...rest }) => ({ to: peers(to), ...rest }));
    return { ...spec, egress: [...rules, ...itemsIf('.Values.openshift', egress.filter(isOpenShift))] };
  },
  Service: ({ ipFamilyPolicy, ...spec }) => ({
    ...spec,
    ...(ipFamilyPolicy !== undefined && fieldsIf('.Values.dualStack.enabled', { ipFamilyPolicy })),
  }),
  ResourceQuota: () => ({ hard: '⟦block .Values.quota.hard⟧' }),
  Gateway: (spec) => ({ ...spec, gatewayClassName: '⟦.Values.exposure.gatewayClassName⟧' }),
  Ingress: (spec) => ({ ...spec, ingressClassName: '⟦.Values.exposure.ingressClassName⟧' }),
};

/** The condition of a whole object. */
export function conditionOf({ kind, metadata: { name } }: Manifest): string | undefined {
  const kinds: Readonly<Record<string, string>> = {
    Gateway: 'eq .Values.exposure.type "gateway-api"',
    HTTPRoute: 'eq .Values.exposure.type "gateway-api"',
    Ingress: 'eq .Values.exposure.type "ingress"',
    ScaledObject: '.Values.keda.enabled',
    TriggerAuthentication: '.Values.keda.enabled',
    PodMonitor: '.Values.monitoring.enabled',
    LimitRange: '.Values.quota.enabled',
    ResourceQuota: '.Values.quota.enabled',
  };
  if (kind === 'ExternalSecret') return '.Values.externalSecrets.enabled';
  if (name === 'operator' || name === 'operator-to-nats') return '.Values.operator.enabled';
  if (name.startsWith('ingress-to-')) return 'ne .Values.exposure.type "none"';
  if (name === 'apps-to-collector') return '.Values.tracing.enabled';
  if (name.endsWith('-to-object-store')) return '.Values.objectStore.enabled';
  if (name === 'metrics' && kind === 'NetworkPolicy') return '.Values.monitoring.enabled';
  return kinds[kind];
}

/** An object of the manifests as the text of a template. */
export function objectTemplate(manifest: Manifest): string {
  const { metadata, spec } = manifest;
  const annotations = metadata.annotations && {
    annotations: Object.fromEntries(
      Object.entries(metadata.annotations).map(([key, value]) => [
        key,
        key === 'cert-manager.io/cluster-issuer' ? '⟦.Values.exposure.clusterIssuer⟧' : value,
      ]),
    ),
  };
  const made = isWorkload(manifest)
    ? workloadTemplate(manifest)
    : { ...manifest, ...(spec && { spec: SPECS[manifest.kind]?.(spec, metadata.name) ?? spec }) };
  const named = { ...(made.metadata as Fields), namespace: '⟦.Release.Namespace⟧', ...annotations };
  const monitored = JSON.parse(
    JSON.stringify(withTexts({ ...made, metadata: named })).replaceAll(
      '"kubernetes.io/metadata.name":"monitoring"',
      '"kubernetes.io/metadata.name":"⟦.Values.monitoring.namespace⟧"',
    ),
  ) as object;
  return templateText(monitored, conditionOf(manifest));
}
