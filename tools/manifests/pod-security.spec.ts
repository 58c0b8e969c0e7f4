import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { renderOf } from './charts/facts';
import { merged } from './charts/unknown-values';
import { checkout } from './compose';
import { isWorkload, type Workload } from './manifest';
import { levelOf, restrictedProblems } from './pod-security';
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
  }) as unknown as Workload;

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

describe('the strictest level that admits a pod', () => {
  it.each([
    ['restricted', {}, {}],
    ['baseline', { securityContext: undefined }, {}],
    ['baseline', { securityContext: { ...locked, capabilities: { add: ['CHOWN'] } } }, {}],
    ['privileged', { securityContext: { ...locked, capabilities: { add: ['SYS_PTRACE'] } } }, {}],
    ['privileged', {}, { securityContext: { seccompProfile: { type: 'Unconfined' } } }],
    ['privileged', {}, { volumes: [{ name: 'x', hostPath: {} }] }],
    ['privileged', {}, { hostNetwork: true }],
  ])('is %s (%j, %j)', (level, container, pod) => {
    expect(levelOf(workload(container, pod))).toBe(level);
  });
});

describeRendered('the namespaces of the platform', () => {
  const folders = [...overlays.map((name) => `overlays/${name}`), 'servers', 'servers-tls', 'recovery', 'recovery-tls'];
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

describeRendered('OpenShift', () => {
  const fixed = (text: string): string[] => text.match(/"(runAsUser|runAsGroup|fsGroup)":\d+/g) ?? [];

  it.each([
    ['overlays/production', 'open-cpo'],
    ['servers-tls', 'open-cpo-data'],
    ['servers-monitoring-tls', 'open-cpo-data'],
  ])('gives the pods of %s their user ids', (folder, namespace) => {
    const workloads = renderedWith(folder, ['openshift'], { namespace }).filter(isWorkload);
    expect(workloads.length).toBeGreaterThan(0);
    expect(fixed(JSON.stringify(workloads))).toEqual([]);
    expect(workloads.flatMap(restrictedProblems)).toEqual([]);
  });

  it('gives those of the broker theirs', () => {
    const [without, broker] = ['values.yaml', 'openshift.yaml'].map(
      (file) => renderOf(checkout, 'nats', file).workloads,
    );
    expect(fixed(JSON.stringify(without))).not.toEqual([]);
    expect(fixed(JSON.stringify(broker))).toEqual([]);
  });
});

describe('the values of the broker', () => {
  const text = readFileSync(join(checkout, 'k8s/servers/nats/values.yaml'), 'utf8');
  const { podTemplate } = parse(text, { merge: true }) as { podTemplate: object };

  it('renew it when its permissions change, so that the rollout of an upgrade waits for them', () => {
    expect(podTemplate).toMatchObject({ configChecksumAnnotation: true });
  });

  it('keep its pods on nodes of their own, and need no node with a zone', () => {
    expect(podTemplate).toHaveProperty('topologySpreadConstraints', {
      'kubernetes.io/hostname': { maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' },
      'topology.kubernetes.io/zone': { maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
    });
  });
});
