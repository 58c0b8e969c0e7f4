import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../compose';
import { containersOf, type Manifest, type Selector, type Workload } from '../manifest';
import { LEVELS, levelOf } from '../pod-security';
import { describeRendered, overlays, rendered, renderedWith } from '../render';
import { type Facts, keptFacts, renderFacts, renderOf } from './facts';
import { digestOf, type Install, installs, nameOf } from './installs';
import { setValues, unknownValues } from './unknown-values';

const guide = readFileSync(join(checkout, 'docs/operations.md'), 'utf8');
const kept = keptFacts(checkout);
const renders = [...kept].flatMap(([chart, { renders: all }]) => all.map((render) => ({ chart, ...render })));
const described = (install: Pick<Install, 'release' | 'namespace' | 'values'>, more: object): object => {
  const { release, namespace, values } = install;
  return { release, namespace, values, ...more };
};

/** The Pod Security level that the guide gives to a namespace; without a label everything is admitted. */
function enforced(namespace: string): (typeof LEVELS)[number] {
  if (/^open-cpo/.test(namespace)) return 'restricted';
  const [, names = '', level = 'privileged'] =
    /for namespace in ([^;]+); do\s+kubectl label namespace "\$namespace" pod-security\.kubernetes\.io\/enforce=(\w+)/.exec(
      guide,
    ) ?? [];
  return names.split(' ').includes(namespace) ? (level as (typeof LEVELS)[number]) : 'privileged';
}

describe('the facts of charts', () => {
  it('are those of the installs of the guide: node tools/run.mjs tool manifests/charts', () => {
    const facts = [...kept.values()].flatMap(({ chart, version, renders: all }) =>
      all.map((one) => described(one, { chart, version, digest: one.digest })),
    );
    const wanted = installs(guide).map((one) =>
      described(one, { chart: one.chart, version: one.version, digest: digestOf(checkout, one) }),
    );
    const sorted = (list: readonly object[]): string[] => list.map((one) => JSON.stringify(one)).sort();
    expect(sorted(facts)).toEqual(sorted(wanted));
    expect([...kept].map(([name, { chart }]) => [name, nameOf({ chart })])).toEqual(
      [...kept.keys()].map((name) => [name, name]),
    );
  });

  it('have no value of ours that a chart does not know', () => {
    expect(renders.flatMap(({ chart, unknown }) => unknown.map((key) => `${chart}: ${key}`))).toEqual([]);
  });

  it('have pods that their namespaces admit', () => {
    const refused = renders.flatMap(({ chart, namespace, workloads }) =>
      workloads
        .filter((one) => LEVELS.indexOf(levelOf(one)) > LEVELS.indexOf(enforced(namespace)))
        .map((one) => `${chart} ${one.kind} ${one.metadata.name}: ${levelOf(one)} in ${namespace}`),
    );
    expect(renders.every(({ workloads }) => workloads.length > 0)).toBe(true);
    expect(refused).toEqual([]);
  });

  it('leave without a label only the namespace whose pods need more', () => {
    const open = renders.filter(({ namespace }) => enforced(namespace) === 'privileged');
    expect([...new Set(open.map(({ namespace }) => namespace))]).toEqual(['monitoring']);
    const needing = open.flatMap(({ workloads }) => workloads).filter((one) => levelOf(one) !== 'restricted');
    expect([...new Set(needing.map(({ metadata }) => metadata.name))]).toEqual(['prometheus-prometheus-node-exporter']);
  });
});

interface Peer {
  readonly podSelector?: Partial<Selector>;
  readonly namespaceSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: number }[];
}
interface Policy {
  readonly podSelector: Partial<Selector>;
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}
const selects = ({ matchLabels = {} }: Partial<Selector> = {}, { spec }: Workload): boolean =>
  Object.entries(matchLabels).every(([key, value]) => spec.template.metadata.labels[key] === value);
const portsOf = (workload: Workload): number[] =>
  containersOf(workload).flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort));

describeRendered('our manifests and the charts of others', () => {
  const manifests: Manifest[] = [
    ...overlays.flatMap((name) => rendered(`overlays/${name}`)),
    ...renderedWith('base', ['keda', 'tracing', 'monitoring', 'in-flight', 'external-secrets', 'gateway-api']),
    ...['servers', 'servers-tls', 'servers-monitoring', 'servers-external-secrets', 'recovery'].flatMap(rendered),
  ];
  const policies = manifests
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ spec }) => spec as unknown as Policy);
  const rules = policies.flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress]);
  const peers = rules.flatMap(({ from = [], to = [], ports }) => [...from, ...to].map((peer) => ({ peer, ports })));
  const namespaceOf = ({ namespaceSelector }: Peer): string | undefined =>
    namespaceSelector?.matchLabels['kubernetes.io/metadata.name'];
  const inNamespace = (name: string): Workload[] =>
    renders.filter(({ namespace }) => namespace === name).flatMap(({ workloads }) => workloads);

  it('name namespaces of the platform, of the cluster and of those charts alone', () => {
    const known = new Set([...renders.map(({ namespace }) => namespace), 'open-cpo', 'kube-system']);
    const named = peers.map(({ peer }) => namespaceOf(peer)).filter((name) => name !== undefined);
    expect(named).toEqual(expect.arrayContaining(['monitoring', 'keda', 'envoy-gateway-system', 'cnpg-system']));
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
  });

  it('reach pods of the charts by labels and on ports that they have', () => {
    const wanted = rules.flatMap(({ to = [], ports }) => to.map((peer) => ({ peer, ports })));
    // In the namespace of the servers NATS alone is of a chart.
    const ofCharts = wanted.filter(
      ({ peer }) =>
        inNamespace(namespaceOf(peer) ?? '').length > 0 &&
        (namespaceOf(peer) !== 'open-cpo-data' || Object.values(peer.podSelector?.matchLabels ?? {}).includes('nats')),
    );
    const missed = ofCharts.filter(({ peer, ports }) => {
      const pods = inNamespace(namespaceOf(peer) ?? '').filter((one) => selects(peer.podSelector, one));
      return pods.length === 0 || ports.some(({ port }) => !pods.some((one) => portsOf(one).includes(port)));
    });
    expect(ofCharts.map(({ peer }) => namespaceOf(peer))).toEqual(
      expect.arrayContaining(['monitoring', 'open-cpo-data']),
    );
    expect(missed).toEqual([]);
  });

  it('open to the broker ports that it has', () => {
    const broker = renderOf(checkout, 'nats', 'monitoring.yaml').workloads;
    const labelled = policies.filter(({ podSelector }) =>
      Object.values(podSelector.matchLabels ?? {}).includes('nats'),
    );
    expect(labelled.length).toBeGreaterThan(1);
    for (const { podSelector, ingress = [] } of labelled) {
      const pods = broker.filter((one) => selects(podSelector, one));
      const ports = pods.flatMap(portsOf);
      expect(
        ingress.flatMap((rule) => rule.ports.map(({ port }) => port)).filter((port) => !ports.includes(port)),
      ).toEqual([]);
    }
  });

  it('call services that the charts have', () => {
    const text = JSON.stringify(manifests);
    const called = [...text.matchAll(/(?:https?|nats|tls):\/\/(\w+)\.(monitoring|open-cpo-data)(?:\.svc)?:(\d+)/g)]
      .map(([, name, namespace, port]) => `${name}.${namespace}:${port}`)
      .filter((one) => !/^(valkey|postgres)/.test(one));
    const there = renders.flatMap(({ namespace, services }) =>
      services.flatMap(({ name, ports }) => ports.map((port) => `${name}.${namespace}:${port}`)),
    );
    expect(called.length).toBeGreaterThan(0);
    expect([...new Set(called)].filter((one) => !there.includes(one))).toEqual([]);
  });

  it('are of kinds and versions that the charts make known', () => {
    const served = new Map([...kept.values()].flatMap(({ resources }: Facts) => Object.entries(resources)));
    const own =
      /^(apps|batch|autoscaling|policy|networking\.k8s\.io|rbac\.authorization\.k8s\.io|scheduling\.k8s\.io)$/;
    const custom = manifests.filter(
      ({ apiVersion }) => apiVersion.includes('/') && !own.test(apiVersion.split('/')[0] ?? ''),
    );
    const unknown = custom.filter(({ apiVersion, kind }) => {
      const [group = '', version = ''] = apiVersion.split('/');
      return !served.get(`${kind}.${group}`)?.includes(version);
    });
    expect(custom.length).toBeGreaterThan(20);
    expect([...new Set(unknown.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))]).toEqual([]);
  });

  it('are taken up by Prometheus and Grafana', () => {
    const { prometheus, sidecars } = renderOf(checkout, 'kube-prometheus-stack');
    expect(prometheus).toEqual({
      podMonitorSelector: {},
      podMonitorNamespaceSelector: {},
      ruleSelector: {},
      ruleNamespaceSelector: {},
    });
    expect(manifests.filter(({ kind }) => kind === 'ServiceMonitor')).toEqual([]);
    const { LABEL = '', LABEL_VALUE, NAMESPACE, FOLDER_ANNOTATION = '' } = sidecars?.['grafana-sc-dashboard'] ?? {};
    expect(NAMESPACE).toBe('ALL');
    const dashboards = manifests.filter(({ metadata }) => metadata.labels?.[LABEL] === LABEL_VALUE);
    expect(dashboards.length).toBeGreaterThan(0);
    expect(dashboards.filter(({ metadata }) => !metadata.annotations?.[FOLDER_ANNOTATION])).toEqual([]);
  });
});

describe('values that a chart does not have', () => {
  const defaults = { a: { b: 1, open: {} }, none: null };
  it.each([
    ['a.b=2,none.x=1', []],
    ['a.open.x.y=1', []],
    ['a.c=1,a.b=2', ['a.c']],
    ['A.b=1', ['A']],
    ['a\\.b=1', ['a\\.b']],
  ])('are found in %s', (text, unknown) => {
    expect(unknownValues(setValues(text), defaults)).toEqual(unknown);
  });
});

describe('what is kept of a render', () => {
  it('is what Pod Security, policies and monitors look at', () => {
    const pod = {
      hostNetwork: false,
      hostPID: true,
      volumes: [{ name: 'root', hostPath: { path: '/' } }],
      containers: [{ name: 'one', image: 'one:1', env: [{ name: 'X' }], ports: [{ containerPort: 1 }], args: ['x'] }],
    };
    const cron = { jobTemplate: { spec: { template: { metadata: { labels: { a: 'b' } }, spec: pod } } } };
    const manifest = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c' }, spec: cron };
    const [workload] = renderFacts([manifest]).workloads;
    expect(workload?.spec.template).toEqual({
      metadata: { labels: { a: 'b' } },
      spec: {
        hostPID: true,
        volumes: [{ name: 'root', hostPath: {} }],
        containers: [{ name: 'one', image: 'one:1', ports: [{ containerPort: 1 }] }],
      },
    });
    expect(workload && levelOf(workload)).toBe('privileged');
  });
});
