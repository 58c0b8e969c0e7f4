import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { merged, natsWorkload } from './charts/nats';
import { checkout } from './compose';
import { isWorkload, type Workload } from './manifest';
import { restrictedProblems } from './pod-security';
import { components, describeRendered, overlays, rendered, renderedWith } from './render';

const locked = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const workload = (container: object, pod: object = {}): Workload =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'one' },
    spec: {
      template: {
        metadata: { labels: {} },
        spec: merged(
          {
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [{ name: 'app', image: 'x', securityContext: locked, ...container }],
          },
          pod,
        ),
      },
    },
  }) as Workload;

describe('the Pod Security level restricted', () => {
  it('admits a pod that has what it asks for', () => {
    expect(restrictedProblems(workload({}))).toEqual([]);
  });

  it.each([
    [
      'no context',
      { securityContext: undefined },
      {},
      ['allowPrivilegeEscalation != false', 'unrestricted capabilities'],
    ],
    [
      'a capability',
      { securityContext: { ...locked, capabilities: { drop: ['ALL'], add: ['SYS_PTRACE'] } } },
      {},
      ['unrestricted capabilities'],
    ],
    ['root', { securityContext: { ...locked, runAsUser: 0 } }, {}, ['runAsUser=0']],
    ['privileges', { securityContext: { ...locked, privileged: true } }, {}, ['privileged']],
    ['no seccomp', {}, { securityContext: { seccompProfile: undefined } }, ['seccompProfile']],
    ['a port of the node', { ports: [{ hostPort: 80 }] }, {}, ['hostPort']],
    ['a user that may be root', {}, { securityContext: { runAsNonRoot: undefined } }, ['runAsNonRoot != true']],
    ['a probe of another host', { livenessProbe: { httpGet: { host: '10.0.0.1' } } }, {}, ['host of a probe']],
  ])('refuses %s', (_what, container, pod, rules) => {
    expect(restrictedProblems(workload(container, pod))).toEqual(rules.map((rule) => `one/app: ${rule}`));
  });

  it.each([
    ['a folder of the node', { volumes: [{ name: 'x', hostPath: { path: '/' } }] }, 'volumes'],
    ['the network of the node', { hostNetwork: true }, 'hostNetwork'],
    ['seccomp unconfined', { securityContext: { seccompProfile: { type: 'Unconfined' } } }, 'seccompProfile'],
    ['a kernel setting', { securityContext: { sysctls: [{ name: 'kernel.msgmax' }] } }, 'sysctls'],
  ])('refuses %s in a pod', (_what, pod, rule) => {
    expect(restrictedProblems(workload({}, pod))).toEqual([`one: ${rule}`]);
  });
});

describeRendered('the namespaces of the platform', () => {
  const folders = [...overlays.map((name) => `overlays/${name}`), 'servers', 'servers-tls', 'recovery'];
  const admitted = ['open-cpo', 'open-cpo-data'];

  it('admit restricted pods alone', () => {
    const all = [...rendered('base'), ...rendered('servers')].filter(({ kind }) => kind === 'Namespace');
    const levels = all.map(({ metadata }) => [metadata.name, metadata.labels?.['pod-security.kubernetes.io/enforce']]);
    expect(levels).toEqual(admitted.map((name) => [name, 'restricted']));
  });

  it.each(folders)('admit the pods of %s', (folder) => {
    expect(rendered(folder).filter(isWorkload).flatMap(restrictedProblems)).toEqual([]);
  });

  it.each(components)('admit the pods of base with %s', (name) => {
    expect(renderedWith('base', [name]).filter(isWorkload).flatMap(restrictedProblems)).toEqual([]);
  });
});

describe('the chart of the broker', () => {
  const guide = readFileSync(join(checkout, 'docs/operations.md'), 'utf8');
  const installs = [...guide.matchAll(/helm (?:install|upgrade --install) nats [^\n]*/g)].map(([line]) => line);
  const filesOf = (line: string): string[] =>
    [...line.matchAll(/-f k8s\/servers\/nats\/([\w.-]+)/g)].map(([, file = '']) => file);

  it.each(installs)('is admitted by its namespace: %s', (line) => {
    const workloads = natsWorkload(...filesOf(line), 'monitoring.yaml');
    expect(workloads.spec.template.spec.containers.map(({ name }) => name)).toEqual([
      'nats',
      'reloader',
      'prom-exporter',
    ]);
    expect(restrictedProblems(workloads)).toEqual([]);
  });

  it('is refused without the contexts that our values add', () => {
    expect(restrictedProblems(natsWorkload('users.yaml'))).toContain('nats/reloader: unrestricted capabilities');
  });

  it('is installed in the version whose pod the tests know', () => {
    const known = /chart nats (\S+)/.exec(readFileSync(join(__dirname, 'charts/nats.yaml'), 'utf8'))?.[1];
    expect(installs.length).toBeGreaterThan(1);
    for (const line of installs) expect(line).toContain(`--version ${known} `);
  });

  it('has labels that the network policies select', () => {
    const selected = rendered('servers').find(({ metadata }) => metadata.name === 'apps-to-nats')?.spec as
      { podSelector: { matchLabels: object } } | undefined;
    if (selected)
      expect(natsWorkload('values.yaml').spec.template.metadata.labels).toMatchObject(selected.podSelector.matchLabels);
  });
});
