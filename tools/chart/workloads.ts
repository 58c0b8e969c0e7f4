import type { Container, Workload } from '../manifests/manifest';
import { block, fieldsIf, itemsIf } from './template-text';

type Fields = Record<string, unknown>;
interface Named {
  readonly name: string;
  readonly [field: string]: unknown;
}

const TLS = '.Values.servers.tls.enabled';
/** Variables that are there where a feature is on. */
const CONDITIONS: readonly [RegExp, string][] = [
  [/^(REQUIRE_TLS|NODE_EXTRA_CA_CERTS)$/, TLS],
  [/^S3_/, '.Values.objectStore.enabled'],
  [/^OTEL_/, '.Values.tracing.enabled'],
  [/^BOARD_PASSWORD_FILE$/, '.Values.board.enabled'],
  [/^HOST$/, '.Values.dualStack.enabled'],
];
/** Variables whose values are the user's. */
const VALUES: Readonly<Record<string, string>> = {
  NATS_URL: `⟦if ${TLS}⟧tls⟦else⟧nats⟦end⟧://nats.⟦.Values.servers.namespace⟧.svc:4222`,
  PUBLIC_URL: 'https://⟦.Values.hosts.api⟧',
  CHARGERS_URL: 'wss://⟦.Values.hosts.api⟧/ocpp',
  CORS_ORIGINS: '⟦.Values.hosts.corsOrigins | quote⟧',
  MAIL_FROM: '⟦.Values.hosts.mailFrom | quote⟧',
  STREAM_REPLICAS: '⟦.Values.servers.streamReplicas | quote⟧',
  S3_URL: '⟦.Values.objectStore.url⟧',
  S3_REGION: '⟦.Values.objectStore.region⟧',
  OTEL_EXPORTER_OTLP_ENDPOINT: '⟦.Values.tracing.endpoint⟧',
  OTEL_TRACES_SAMPLER_ARG: '⟦.Values.tracing.ratio | quote⟧',
};
/** Variables that an installation sets: values by default, under `env` of the app. */
export const isSetting = (name: string): boolean => /^(TRUSTED_PROXIES|RATE_LIMIT_\w+)$/.test(name);

const conditionOf = (name: string): string | undefined => CONDITIONS.find(([pattern]) => pattern.test(name))?.[1];

/** What of a list is there always, and after it what depends on a feature. */
function sorted(items: readonly Named[], conditions: (name: string) => string | undefined): unknown[] {
  const always = items.filter(({ name }) => !conditions(name));
  const features = [...new Set(items.flatMap(({ name }) => conditions(name) ?? []))];
  const dependent = features.flatMap((one) =>
    itemsIf(
      one,
      items.filter(({ name }) => conditions(name) === one),
    ),
  );
  return [...always, ...dependent];
}

// `quote` alone writes a million as "1e+06", which no process reads as a number.
const NUMBER_OR_TEXT = '⟦kindIs "float64" $value | ternary (toJson $value) (toString $value) | quote⟧';
const certificates = (name: string): string | undefined => (name === 'certificates' ? TLS : undefined);
const appOf = (image: string): string => /open-cpo\/([a-z]+)/.exec(image)?.[1] ?? '';

/** By digest where there is one, else by tag. */
function imageOf(image: string): string {
  const app = appOf(image);
  const digest = `.Values.image.digests.${app}`;
  return `⟦.Values.image.registry⟧/${app}⟦if ${digest}⟧@⟦${digest}⟧⟦else⟧:⟦.Values.image.tag | default .Chart.AppVersion⟧⟦end⟧`;
}

function containerOf(container: Container, main: string | undefined): Fields {
  const { env = [], volumeMounts = [], ...rest } = container as Container & Fields;
  const named = env
    .filter(({ name }) => main === undefined || !isSetting(name))
    .map((one) => ({ ...one, value: VALUES[one.name] ?? one.value }));
  const own = main
    ? [`⟦range $name, $value := .Values.apps.${main}.env⟧`, { name: '⟦$name⟧', value: NUMBER_OR_TEXT }, '⟦end⟧']
    : [];
  return {
    ...rest,
    image: imageOf(container.image),
    ...(env.length > 0 && { env: [...sorted(named, conditionOf), ...own] }),
    ...(main && { resources: block(`.Values.apps.${main}.resources`) }),
    volumeMounts: sorted(volumeMounts, certificates),
  };
}

/** Ids that OpenShift gives by itself. */
function contextOf(context: Fields): Fields {
  const { runAsUser, runAsGroup, fsGroup, ...rest } = context;
  return { ...rest, ...fieldsIf('not .Values.openshift', { runAsUser, runAsGroup, fsGroup }) };
}

const whereSet = (path: string, field: string): Fields => fieldsIf(path, { [field]: block(path) });

/** A deployment or job as a template. */
export function workloadTemplate(workload: Workload): Fields {
  const { metadata, kind, spec } = workload;
  const main = kind === 'Deployment' ? metadata.name : undefined;
  const { containers, initContainers = [], volumes = [], securityContext, ...pod } = spec.template.spec;
  const podSpec = {
    ...pod,
    ...whereSet('.Values.image.pullSecrets', 'imagePullSecrets'),
    ...(main &&
      fieldsIf(`.Values.apps.${main}.priorityClassName`, {
        priorityClassName: `⟦.Values.apps.${main}.priorityClassName⟧`,
      })),
    ...whereSet('.Values.nodeSelector', 'nodeSelector'),
    ...whereSet('.Values.tolerations', 'tolerations'),
    securityContext: contextOf(securityContext as Fields),
    ...(initContainers.length > 0 && { initContainers: initContainers.map((one) => containerOf(one, undefined)) }),
    containers: containers.map((one) => containerOf(one, main)),
    volumes: sorted(volumes, certificates),
  };
  const { replicas, ...deployment } = spec as typeof spec & Fields;
  const owned =
    main === 'worker' ? fieldsIf('not .Values.keda.enabled', { replicas: '⟦.Values.apps.worker.replicas⟧' }) : {};
  return {
    ...workload,
    // A job cannot be changed: each revision has its own, and Helm removes those of the one before.
    metadata: kind === 'Job' ? { ...metadata, name: `${metadata.name}-⟦.Release.Revision⟧` } : metadata,
    spec: {
      ...deployment,
      ...(main === 'operator' && { replicas }),
      ...owned,
      template: { ...spec.template, spec: podSpec },
    },
  };
}
