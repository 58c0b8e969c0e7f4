import type { Manifest } from './manifest';
import { components, describeRendered, overlays, rendered, renderedWith } from './render';
import { scoreProblems } from './scores';

const good = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop' } },
      spec: {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        topologySpreadConstraints: [{ topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule' }],
        containers: [
          {
            name: 'shop',
            image: 'registry.example:5000/shop:1.2.3',
            ports: [{ name: 'http', containerPort: 80 }],
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            resources: {
              requests: { cpu: '1', memory: '1Mi', 'ephemeral-storage': '1Mi' },
              limits: { memory: '1Mi', 'ephemeral-storage': '1Mi' },
            },
            readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
            livenessProbe: { httpGet: { path: '/live', port: 'http' } },
          },
        ],
      },
    },
  },
};
const budget = {
  kind: 'PodDisruptionBudget',
  metadata: { name: 'shop' },
  spec: { selector: { matchLabels: { app: 'shop' } } },
};
const policy = { kind: 'NetworkPolicy', metadata: { name: 'shop' }, spec: { podSelector: {} } };
const service = {
  kind: 'Service',
  metadata: { name: 'shop' },
  spec: { selector: { app: 'shop' }, ports: [{ targetPort: 'http' }] },
};
const around = [budget, policy, service];

type Tree = Record<string, unknown>;
/** The good one with one value in the place of another; undefined takes it away. */
function changed(path: string, value: unknown, root: object = good): Manifest {
  const copy = structuredClone(root) as Tree;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const at = keys.reduce((tree, key) => tree[key] as Tree, copy);
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy as unknown as Manifest;
}
const pod = 'spec.template.spec';
const container = `${pod}.containers.0`;
const problems = (workload: unknown, others: readonly object[] = around): string[] =>
  scoreProblems([workload, ...others] as Manifest[]);

describe('the rules for workloads', () => {
  it('find nothing in one that has everything', () => {
    expect(problems(good)).toEqual([]);
  });

  it.each([
    ['image tag', `${container}.image`, 'registry.example:5000/shop:latest'],
    ['image tag', `${container}.image`, 'registry.example:5000/shop'],
    ['resources', `${container}.resources.requests.ephemeral-storage`, undefined],
    ['resources', `${container}.resources.limits.memory`, undefined],
    ['security context', `${container}.securityContext.readOnlyRootFilesystem`, undefined],
    ['security context', `${container}.securityContext.capabilities.add`, ['NET_ADMIN']],
    ['user', `${pod}.securityContext.runAsNonRoot`, undefined],
    ['host', `${pod}.hostNetwork`, true],
    ['host', `${pod}.volumes`, [{ name: 'docker', hostPath: { path: '/var/run' } }]],
    ['token', `${pod}.automountServiceAccountToken`, undefined],
    ['probes', `${container}.livenessProbe`, undefined],
    ['probes', `${container}.livenessProbe`, { httpGet: { path: '/ready', port: 'http' } }],
    ['spread', `${pod}.topologySpreadConstraints`, undefined],
    ['nodes', `${pod}.topologySpreadConstraints.0.topologyKey`, 'topology.kubernetes.io/zone'],
  ])('find what breaks the rule of the %s (%s)', (rule, path, value) => {
    expect(problems(changed(path, value))).toEqual([expect.stringContaining(`Deployment shop: ${rule}: `)]);
  });

  it('find a missing budget where there are several, and a missing policy', () => {
    expect(problems(good, [policy, service])).toEqual(['Deployment shop: disruption budget: has no disruption budget']);
    expect(problems(good, [budget, service])).toEqual(['Deployment shop: network policy: has no network policy']);
    expect(problems(changed('spec.replicas', 1), [policy, service])).toEqual([]);
  });

  it('find a service that leads nowhere', () => {
    expect(problems(good, [budget, policy, changed('spec.selector.app', 'shops', service)])).toEqual([
      'Service shop: selects no pod',
    ]);
    expect(problems(good, [budget, policy, changed('spec.ports.0.targetPort', 'metrics', service)])).toEqual([
      'Service shop: metrics is no port',
    ]);
  });

  it('find a job without an end', () => {
    const job = changed('kind', 'Job');
    expect(problems(job, [policy])).toEqual([
      'Job shop: job limits: is tried without an end',
      'Job shop: job limits: may run for ever',
    ]);
  });
});

describeRendered('the manifests, by the rules for workloads,', () => {
  const folders = [...overlays.map((name) => `overlays/${name}`), 'dev', 'servers', 'servers-tls', 'recovery'];

  it.each(folders)('have nothing wrong in %s', (folder) => {
    expect(scoreProblems(rendered(folder))).toEqual([]);
  });

  it.each(['servers-monitoring', 'servers-monitoring-tls'])('have nothing wrong in %s', (folder) => {
    expect(scoreProblems(rendered(folder))).toEqual([]);
  });

  it('have nothing wrong with any component', () => {
    for (const name of components) {
      const found = scoreProblems(renderedWith('base', [name]));
      // The base has neither replicas nor an autoscaler: those are the business of an overlay.
      expect([name, found]).toEqual([name, []]);
    }
  });
});
