import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ruleGroups } from '../observability/kubernetes-rules';
import type { Manifest } from '../manifests/manifest';
import { rendered, renderedWith } from '../manifests/render';
import { objectTemplate } from './templates';
import { defaultValues, schemaOf } from './values';

export interface ChartFile {
  /** Below deploy/chart. */
  readonly path: string;
  readonly text: string;
}

const WRITTEN = 'Written from k8s/ by `node tools/run.mjs tool chart`.';
/** Made from files, because their texts look like templates. */
const FROM_FILES = ['PrometheusRule', 'ConfigMap'];

/** Everything that the chart can make: the production overlay with all components, and the other way in. */
export function sourceObjects(): Manifest[] {
  const more = ['object-store', 'board', 'tracing', 'quota', 'dual-stack', 'node-local-dns'];
  const all = renderedWith('overlays/production', more);
  const dns = renderedWith('overlays/production', [...more, 'openshift']).filter(isDns);
  const [ingress] = renderedWith('base', ['ingress']).filter(({ kind }) => kind === 'Ingress');
  const operator = renderedWith('base', ['operator', 'external-secrets', 'servers-tls']).filter(({ metadata }) =>
    /^operator(-to-nats)?$/.test(metadata.name),
  );
  const known = all.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  const others = [
    ...(ingress ? [ingress] : []),
    ...operator.filter(({ kind, metadata }) => !known.includes(`${kind} ${metadata.name}`)),
  ];
  return [...all.filter((one) => one.kind !== 'Namespace' && !isDns(one)), ...dns, ...others];
}

const isDns = ({ kind, metadata: { name } }: Manifest): boolean => kind === 'NetworkPolicy' && name === 'dns';

/** Files of the chart by what they are for: an app's objects stand together. */
function fileOf({ kind, metadata: { name } }: Manifest): string {
  if (kind === 'NetworkPolicy') return 'network';
  if (/^(Gateway|HTTPRoute|Ingress)$/.test(kind)) return 'exposure';
  if (/^(LimitRange|ResourceQuota)$/.test(kind)) return 'quota';
  if (/^(ScaledObject|TriggerAuthentication)$/.test(kind)) return 'keda';
  if (kind === 'ExternalSecret') return 'external-secrets';
  if (kind === 'PodMonitor') return 'monitoring';
  return name.replace(/-migrate$/, '');
}

const MONITORING = `{{- if and .Values.monitoring.enabled .Values.monitoring.shared }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: open-cpo
  namespace: {{ .Release.Namespace }}
spec:
{{ .Files.Get "files/rules.yaml" | indent 2 }}
    - name: thresholds
      rules:
{{- range $alert, $threshold := .Values.monitoring.thresholds }}
        - record: open_cpo:threshold
          expr: vector({{ $threshold }})
          labels:
            alert: {{ $alert }}
{{- end }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: dashboards
  namespace: {{ .Release.Namespace }}
  labels:
    grafana_dashboard: "1"
  annotations:
    grafana_folder: Open CPO
data:
{{ (.Files.Glob "files/dashboards/*.json").AsConfig | indent 2 }}
{{- end }}
`;

/** Every file of the chart, from the manifests. */
export function chartFiles(checkout: string): ChartFile[] {
  const objects = sourceObjects();
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };
  const values = defaultValues(objects);
  const files = new Map<string, string[]>();
  for (const one of objects.filter(({ kind }) => !FROM_FILES.includes(kind))) {
    const name = fileOf(one);
    files.set(name, [...(files.get(name) ?? []), objectTemplate(one)]);
  }
  const templates = [...files].map(([name, texts]) => ({
    path: `templates/${name}.yaml`,
    text: `{{- /* ${WRITTEN} */}}\n${texts.map((text) => `---\n${text}`).join('')}`,
  }));
  const chart = {
    apiVersion: 'v2',
    name: 'open-cpo',
    description: 'The open platform for charge point owners: gateway, services and worker.',
    type: 'application',
    version,
    appVersion: version,
    kubeVersion: '>=1.29.0-0',
  };
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...schemaOf(values) };
  return [
    { path: 'Chart.yaml', text: `# ${WRITTEN}\n${stringify(chart, { lineWidth: 0 })}` },
    {
      path: 'values.yaml',
      text: `# ${WRITTEN} docs/operations.md says what they mean.\n${stringify(values, { lineWidth: 0 })}`,
    },
    { path: 'values.schema.json', text: `${JSON.stringify(schema, undefined, 2)}\n` },
    ...templates,
    { path: 'templates/rules-and-dashboards.yaml', text: MONITORING },
    { path: 'files/rules.yaml', text: rulesFile(checkout) },
    ...dashboards(checkout),
  ];
}

/** All rules but the thresholds, which are values. */
function rulesFile(checkout: string): string {
  const groups = ruleGroups(checkout).filter(({ name }) => name !== 'thresholds');
  return stringify({ groups }, { lineWidth: 0 });
}

function dashboards(checkout: string): ChartFile[] {
  const folder = join(checkout, 'deploy/observability/grafana/dashboards');
  return readdirSync(folder).map((name) => ({
    path: `files/dashboards/${name}`,
    text: readFileSync(join(folder, name), 'utf8'),
  }));
}

/** The objects of the production overlay, which the chart makes with its default values. */
export const production = (): Manifest[] => rendered('overlays/production');
