import { type Container, containersOf, isWorkload, type Manifest, type Workload } from './manifest';
import { describeRendered, renderedWith } from './render';

type Amounts = Record<string, number>;
interface Limits {
  readonly limits: readonly [
    { readonly default: Record<string, string>; readonly defaultRequest: Record<string, string> },
  ];
}
interface Scaler {
  readonly maxReplicas?: number;
  readonly maxReplicaCount?: number;
}

const UNITS: Record<string, number> = { '': 1, m: 1e-3, Mi: 2 ** 20, Gi: 2 ** 30 };
/** "250m", "2" or "512Mi" as a number of cores or bytes. */
function amount(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+)(m|Mi|Gi)?$/.exec(text) ?? [];
  return Number(digits) * (UNITS[unit] ?? NaN);
}

describeRendered('the quota of the namespace', () => {
  const manifests = renderedWith('overlays/production', ['operator', 'quota']);
  const spec = <T>(kind: string): T => manifests.find((one) => one.kind === kind)?.spec as T;
  const { hard } = spec<{ hard: Record<string, string> }>('ResourceQuota');
  const [defaults] = spec<Limits>('LimitRange').limits;

  /** What a quota counts of a container, defaults included. */
  const ofContainer = ({ resources = {} }: Container): Amounts => {
    const requests = { ...defaults.defaultRequest, ...resources.requests };
    const limits = { ...defaults.default, ...resources.limits };
    const all = [
      ...Object.entries(requests).map(([name, text]) => [`requests.${name}`, text]),
      ...Object.entries(limits).map(([name, text]) => [`limits.${name}`, text]),
    ];
    return Object.fromEntries(all.map(([name, text]) => [name, amount(text ?? '')])) as Amounts;
  };
  /** Of a pod: init containers run before the others. */
  const ofPod = (workload: Workload): Amounts => {
    const parts = containersOf(workload).map(ofContainer);
    return Object.fromEntries(
      Object.keys(parts[0] ?? {}).map((name) => [name, Math.max(...parts.map((one) => one[name] ?? 0))]),
    );
  };
  const most = ({ kind, metadata, spec: { replicas = 1 } }: Workload): number => {
    if (kind === 'Job') return 1;
    const scaler = manifests.find(
      (one: Manifest) =>
        /^(HorizontalPodAutoscaler|ScaledObject)$/.test(one.kind) && one.metadata.name === metadata.name,
    );
    const { maxReplicas, maxReplicaCount } = (scaler?.spec ?? {}) as Scaler;
    // One more while it is renewed.
    return (maxReplicas ?? maxReplicaCount ?? Math.max(replicas, 1)) + 1;
  };
  const workloads = manifests.filter(isWorkload);

  it('has room for every autoscaler at its maximum, a pod more of each while it is renewed, and all jobs', () => {
    const needed: Amounts = { pods: 0 };
    for (const workload of workloads) {
      const count = most(workload);
      needed.pods = (needed.pods ?? 0) + count;
      for (const [name, value] of Object.entries(ofPod(workload))) needed[name] = (needed[name] ?? 0) + count * value;
    }
    const lacking = Object.entries(hard).filter(([name, text]) => !(amount(text) >= (needed[name] ?? NaN)));
    expect(lacking).toEqual([]);
  });

  it('finds a request and a limit of everything that it counts in every container', () => {
    const counted = Object.keys(hard).filter((name) => name !== 'pods');
    for (const container of workloads.flatMap(containersOf))
      expect(Object.keys(ofContainer(container))).toEqual(expect.arrayContaining(counted));
  });

  it('gives no default limit below a request', () => {
    for (const { resources } of workloads.flatMap(containersOf)) {
      for (const [name, text] of Object.entries(resources?.requests ?? {})) {
        const limit = resources?.limits?.[name] ?? defaults.default[name] ?? '0';
        expect([name, amount(limit) >= amount(text)]).toEqual([name, true]);
      }
    }
  });
});

describeRendered('the manifests on OpenShift', () => {
  it('name no user or group ids', () => {
    const text = JSON.stringify(renderedWith('overlays/production', ['operator', 'openshift']));
    expect(text).not.toMatch(/runAsUser|runAsGroup|fsGroup/);
    expect(text).toMatch(/"runAsNonRoot":true/);
  });
});
