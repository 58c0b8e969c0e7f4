import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { alerts, dashboards, metricsIn, rules } from '../observability/committed';
import { kubernetesRules } from '../observability/kubernetes-rules';
import { apps } from '../stack/apps';
import { checkout } from './compose';
import { type Container, isWorkload, type Manifest, type Workload } from './manifest';
import { describeRendered, kubernetesFolder, manifestsIn, rendered } from './render';
import { schemaProblems } from './schema';

interface Monitor {
  readonly jobLabel: string;
  readonly selector: { readonly matchLabels: Record<string, string> };
  readonly podMetricsEndpoints: readonly { readonly port: string; readonly path: string }[];
}
interface Scaler {
  readonly metrics: readonly { readonly pods?: { readonly metric: { readonly name: string } } }[];
}

const component = join(kubernetesFolder, 'components/monitoring');
const labelsOf = ({ spec }: Workload): Record<string, string> => spec.template.metadata.labels;
const containerOf = ({ spec }: Workload): Container => spec.template.spec.containers[0] as Container;

describe('the rules for Prometheus’ operator', () => {
  const [written] = manifestsIn(readFileSync(join(component, 'rules.yaml'), 'utf8')) as [Manifest];

  it('are those that compose and the tests use', () => {
    const { groups } = written.spec as { groups: { rules: object[] }[] };
    expect(groups.flatMap((group) => group.rules)).toEqual(rules());
  });

  it('keep the namespace in what they add up: a cluster may have several platforms', () => {
    for (const { alert, record, expr } of rules()) {
      const added = expr.match(/\b(sum|max|min|avg|count|group)\b ?(by \([^)]*\))? ?\(/g) ?? [];
      const lost = added.filter((text) => !/ by \(namespace\b/.test(text));
      expect([alert ?? record, lost]).toEqual([alert ?? record, []]);
      // Objectives are the same for all platforms.
      const joined = expr.match(/\bon \([^)]*\)( group_left)?/g) ?? [];
      const mixed = joined.filter((text) => !/namespace|^on \(\)$|^on \(slo\) group_left$/.test(text));
      expect([alert ?? record, mixed]).toEqual([alert ?? record, []]);
    }
  });

  it('have a threshold for each alert that asks for one, and no other', () => {
    const asked = alerts().flatMap(({ alert, expr }) => {
      const names = [...expr.matchAll(/open_cpo:threshold\{alert="(\w+)"\}/g)].map(([, name]) => name);
      expect(names.filter((name) => name !== alert)).toEqual([]);
      return names.length > 0 ? [alert] : [];
    });
    const told = rules().filter(({ record }) => record === 'open_cpo:threshold');
    expect(told.map(({ labels }) => labels?.alert)).toEqual(asked);
    expect(told.filter(({ expr }) => !/^vector\([\d.]+\)$/.test(expr))).toEqual([]);
  });

  it('name no namespace, as the dashboards do not', () => {
    const shown = dashboards().flatMap(([, { panels }]) => panels.flatMap(({ targets }) => targets));
    const named = [...rules(), ...shown].filter(({ expr }) => /namespace=~?"[^$]/.test(expr));
    expect(named.map(({ expr }) => expr)).toEqual([]);
  });

  it.each(['servers-monitoring', 'servers-monitoring-tls'])(
    'know the targets of %s as a platform’s servers',
    (folder) => {
      const monitors = rendered(folder).filter(({ kind }) => kind === 'PodMonitor');
      for (const { spec } of monitors) {
        const { podMetricsEndpoints } = spec as unknown as { podMetricsEndpoints: { relabelings: object[] }[] };
        for (const { relabelings } of podMetricsEndpoints) {
          expect(relabelings).toContainEqual({ targetLabel: 'open_cpo', replacement: 'servers' });
        }
      }
      expect(rules().find(({ record }) => record === 'namespace:open_cpo:known_1h')?.expr).toContain(
        'open_cpo="servers"',
      );
    },
  );

  it('are written anew by npm run openapi', () => {
    const { path, text } = kubernetesRules(checkout);
    expect(readFileSync(join(checkout, path), 'utf8')).toBe(text);
  });

  it('are refused by the schema with a field that does not exist', () => {
    const group = { name: 'x', rules: [{ alert: 'X', expr: 'up == 0', fore: '1m' }] };
    expect(schemaProblems({ ...written, spec: { groups: [group] } })).toEqual([expect.stringMatching(/fore/)]);
  });
});

describe.each(dashboards())('the dashboard %s', (_name, { panels, templating }) => {
  it('shows the platform that is chosen, in every query', () => {
    const [first, ...others] = templating.list;
    expect(first).toMatchObject({ name: 'namespace', definition: expect.stringMatching(/, namespace\)$/) });
    for (const { definition } of others) expect(definition).toContain('namespace=~"$namespace"');
    for (const { expr } of panels.flatMap(({ targets }) => targets)) {
      const open = metricsIn(expr).filter((name) => {
        const chosen = new RegExp(`(?<![\\w:])${name}(?![\\w:])(?!\\{[^}]*namespace=~"\\$namespace")`);
        // Objectives are the same for all platforms.
        return name !== 'slo:open_cpo_objective:ratio' && chosen.test(expr);
      });
      expect([expr, open]).toEqual([expr, []]);
    }
  });
});

describeRendered.each(['staging', 'production'])('the monitoring of overlay %s', (overlay) => {
  const manifests = rendered(`overlays/${overlay}`);
  const deployments = manifests.filter(isWorkload).filter(({ kind }) => kind === 'Deployment');
  const named = <T>(kind: string, name: string): T =>
    manifests.find((one) => one.kind === kind && one.metadata.name === name)?.spec as T;

  it('asks every app for its metrics, and calls it by its name', () => {
    const { jobLabel, selector, podMetricsEndpoints } = named<Monitor>('PodMonitor', 'apps');
    const watched = deployments.filter((one) =>
      Object.entries(selector.matchLabels).every(([name, value]) => labelsOf(one)[name] === value),
    );
    expect(watched.map((one) => labelsOf(one)[jobLabel]).sort()).toEqual(apps.map(({ name }) => name).sort());
    for (const one of watched) {
      const port = containerOf(one).ports?.find(({ name }) => name === podMetricsEndpoints[0]?.port)?.containerPort;
      expect(port).toBe(9090);
    }
    const source = readFileSync(join(checkout, 'libs/platform/src/health/health-server.ts'), 'utf8');
    expect(source).toContain(`'${podMetricsEndpoints[0]?.path}'`);
  });

  it('shows all dashboards', () => {
    const folder = join(checkout, 'deploy/observability/grafana/dashboards');
    const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    const shown = manifests.find(({ kind }) => kind === 'ConfigMap') as Manifest & { data: object };
    expect(shown.data).toEqual(Object.fromEntries(files));
    expect(shown.metadata.labels).toMatchObject({ grafana_dashboard: '1' });
    // kubectl keeps the whole object in an annotation, and those have 256 KiB together.
    for (const one of manifests) expect(JSON.stringify(one).length).toBeLessThan(240 * 1024);
  });

  it('tells of memory by the limit that each container has', () => {
    const { expr = '' } = alerts().find(({ alert }) => alert === 'MemoryHigh') ?? {};
    expect(expr).toMatch(/^instance:open_cpo_memory:ratio\{.* > scalar/);
    for (const one of deployments) expect(containerOf(one).resources?.limits?.memory).toMatch(/^\d+[MG]i$/);
  });

  it('gives autoscalers the metrics that they ask for', () => {
    const values = parse(readFileSync(join(kubernetesFolder, 'components/in-flight/adapter.yaml'), 'utf8')) as {
      rules: { custom: { seriesQuery: string }[] };
    };
    const told = values.rules.custom.map(({ seriesQuery }) => new RegExp(`^${/=~"([^"]+)"/.exec(seriesQuery)?.[1]}$`));
    const scalers = manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map(({ spec }) => spec);
    const asked = (scalers as unknown as Scaler[]).flatMap(({ metrics }) =>
      metrics.map(({ pods }) => pods?.metric.name),
    );
    const names = asked.filter((name) => name !== undefined);
    expect(names).toHaveLength(8);
    expect(names.filter((name) => !told.some((pattern) => pattern.test(name)))).toEqual([]);
  });
});

describe('the collector of traces', () => {
  it('sends them on, and has the name that apps are told', () => {
    const text = readFileSync(join(kubernetesFolder, 'components/tracing/collector.yaml'), 'utf8');
    const { fullnameOverride, config } = parse(text) as {
      fullnameOverride: string;
      config: { exporters: object; service: { pipelines: { traces: { exporters: string[] } } } };
    };
    const { exporters } = config.service.pipelines.traces;
    expect(exporters.filter((name) => !Object.hasOwn(config.exporters, name))).toEqual([]);
    expect(exporters).not.toContain('debug');
    const told = readFileSync(join(kubernetesFolder, 'components/tracing/deployment.yaml'), 'utf8');
    expect(told).toContain(`http://${fullnameOverride}.monitoring:4318`);
  });
});

describeRendered('the traces of overlay staging', () => {
  const manifests = rendered('overlays/staging');

  it('go where the network lets them go', () => {
    const policy = manifests.find(({ metadata }) => metadata.name === 'apps-to-collector')?.spec as {
      egress: [{ to: [{ namespaceSelector: { matchLabels: object } }]; ports: [{ port: number }] }];
    };
    const [{ to, ports }] = policy.egress;
    for (const one of manifests.filter(isWorkload).filter(({ kind }) => kind === 'Deployment')) {
      const address = containerOf(one).env?.find(({ name }) => name === 'OTEL_EXPORTER_OTLP_ENDPOINT')?.value;
      expect(Number(new URL(address ?? '').port)).toBe(ports[0].port);
      const namespace = new URL(address ?? '').hostname.split('.')[1];
      expect(to[0].namespaceSelector.matchLabels).toEqual({ 'kubernetes.io/metadata.name': namespace });
    }
  });
});
