import { type Container, containersOf, isWorkload, type Manifest, type Workload } from './manifest';

interface Pod {
  readonly automountServiceAccountToken?: boolean;
  readonly securityContext?: { readonly runAsNonRoot?: boolean; readonly seccompProfile?: { readonly type: string } };
  readonly topologySpreadConstraints?: readonly SpreadConstraint[];
  readonly affinity?: { readonly podAntiAffinity?: unknown };
  readonly volumes?: readonly object[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly restartPolicy?: string;
}
interface SpreadConstraint {
  readonly topologyKey: string;
  readonly whenUnsatisfiable: string;
}
interface Locked {
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly privileged?: boolean;
  readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
}
interface Selecting {
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

/** One rule: what is wrong with a workload among everything that is applied with it. */
type Rule = (workload: Workload, all: readonly Manifest[]) => string[];

const podOf = ({ spec }: Workload): Pod => spec.template.spec as unknown as Pod;
const isServing = ({ kind }: Workload): boolean => ['Deployment', 'StatefulSet'].includes(kind);
const when = (wrong: boolean, text: string): string[] => (wrong ? [text] : []);
const ofContainers =
  (rule: (container: Container) => string[]): Rule =>
  (workload) =>
    containersOf(workload).flatMap((one) => rule(one).map((text) => `${one.name}: ${text}`));

const selects = (labels: Readonly<Record<string, string>> | undefined, workload: Workload): boolean =>
  Object.entries(labels ?? {}).every(([key, value]) => workload.spec.template.metadata.labels[key] === value);

/** Replicas at most, by the manifest or its autoscaler; none are meant where a person scales it up. */
function mostReplicas({ metadata, spec }: Workload, all: readonly Manifest[]): number {
  const scaler = all.find(
    (one) =>
      ['HorizontalPodAutoscaler', 'ScaledObject'].includes(one.kind) &&
      (one.spec as { scaleTargetRef: { name: string } }).scaleTargetRef.name === metadata.name,
  );
  const { maxReplicas, maxReplicaCount } = (scaler?.spec ?? {}) as Record<string, number | undefined>;
  return maxReplicas ?? maxReplicaCount ?? spec.replicas ?? 1;
}

/** The rules by name, as kube-score and its like have them. */
const RULES: Readonly<Record<string, Rule>> = {
  'image tag': ofContainers(({ image }) =>
    when(!/:[^/:@]*\d[^/:@]*(@sha256:|$)|@sha256:/.test(image), `${image} may change under its name`),
  ),
  resources: ofContainers(({ resources: { requests = {}, limits = {} } = {} }) => [
    ...['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => when(!(name in requests), `requests no ${name}`)),
    ...['memory', 'ephemeral-storage'].flatMap((name) => when(!(name in limits), `has no limit of ${name}`)),
  ]),
  'security context': ofContainers(({ securityContext }) => {
    const locked = (securityContext ?? {}) as Locked;
    return [
      ...when(locked.allowPrivilegeEscalation !== false, 'may gain privileges'),
      ...when(locked.readOnlyRootFilesystem !== true, 'can write to its image'),
      ...when(locked.privileged === true, 'is privileged'),
      ...when(locked.capabilities?.drop?.includes('ALL') !== true, 'keeps capabilities'),
      ...when((locked.capabilities?.add ?? []).length > 0, 'adds capabilities'),
    ];
  }),
  user: (workload) => {
    const { securityContext } = podOf(workload);
    return [
      ...when(securityContext?.runAsNonRoot !== true, 'may run as root'),
      ...when(securityContext?.seccompProfile?.type !== 'RuntimeDefault', 'has no seccomp profile'),
    ];
  },
  host: (workload) => {
    const { hostNetwork, hostPID, hostIPC, volumes = [] } = podOf(workload);
    return [
      ...when([hostNetwork, hostPID, hostIPC].includes(true), 'shares a namespace of its node'),
      ...when(
        volumes.some((volume) => 'hostPath' in volume),
        'mounts a folder of its node',
      ),
    ];
  },
  token: (workload) => when(podOf(workload).automountServiceAccountToken !== false, 'mounts a token'),
  // It has no replicas until an operator scales it up.
  probes: (workload) =>
    isServing(workload) && workload.spec.replicas !== 0
      ? workload.spec.template.spec.containers.flatMap(({ name, readinessProbe, livenessProbe }) => [
          ...when(!readinessProbe, `${name}: has no readiness probe`),
          ...when(!livenessProbe, `${name}: has no liveness probe`),
          ...when(
            readinessProbe !== undefined && JSON.stringify(readinessProbe) === JSON.stringify(livenessProbe),
            `${name}: is ended for what takes it out of service`,
          ),
        ])
      : [],
  'disruption budget': (workload, all) => {
    if (!isServing(workload) || mostReplicas(workload, all) < 2) return [];
    const budgets = all.filter(({ kind }) => kind === 'PodDisruptionBudget');
    return when(
      !budgets.some(({ spec }) => selects((spec as Selecting).selector?.matchLabels, workload)),
      'has no disruption budget',
    );
  },
  spread: (workload, all) => {
    if (!isServing(workload) || mostReplicas(workload, all) < 2) return [];
    const { topologySpreadConstraints = [], affinity } = podOf(workload);
    return when(topologySpreadConstraints.length === 0 && !affinity?.podAntiAffinity, 'may be on one node as a whole');
  },
  // Nodes without the label that `DoNotSchedule` names get no pod; every node has a host name.
  nodes: (workload) =>
    (podOf(workload).topologySpreadConstraints ?? []).flatMap(({ topologyKey, whenUnsatisfiable }) =>
      when(
        whenUnsatisfiable === 'DoNotSchedule' && topologyKey !== 'kubernetes.io/hostname',
        `needs nodes with the label ${topologyKey}`,
      ),
    ),
  'network policy': (workload, all) => {
    const policies = all.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec as Selecting);
    return when(
      !policies.some(({ podSelector }) => selects(podSelector?.matchLabels, workload)),
      'has no network policy',
    );
  },
  'job limits': ({ kind, spec }) => {
    if (kind !== 'Job') return [];
    const { backoffLimit, activeDeadlineSeconds } = spec as { backoffLimit?: number; activeDeadlineSeconds?: number };
    return [
      ...when(backoffLimit === undefined, 'is tried without an end'),
      ...when(activeDeadlineSeconds === undefined, 'may run for ever'),
    ];
  },
};

/** Services that select no pod of what is applied with them, or lead to a port that it does not have. */
function serviceProblems(all: readonly Manifest[]): string[] {
  const workloads = all.filter(isWorkload);
  return all
    .filter(({ kind }) => kind === 'Service')
    .flatMap(({ metadata, spec }) => {
      const { selector, ports } = spec as unknown as {
        selector: Record<string, string>;
        ports: { port: number; targetPort?: string | number }[];
      };
      // Which pod of a set it is, the set itself says.
      const { 'statefulset.kubernetes.io/pod-name': _pod, ...labels } = selector;
      const named = workloads.filter((workload) => isServing(workload) && selects(labels, workload));
      const known = named.flatMap((one) =>
        containersOf(one).flatMap(({ ports: open = [] }) =>
          open.flatMap(({ name, containerPort }) => [name, containerPort]),
        ),
      );
      return [
        ...when(named.length === 0, `Service ${metadata.name}: selects no pod`),
        ...ports.flatMap(({ port, targetPort = port }) =>
          when(named.length > 0 && !known.includes(targetPort), `Service ${metadata.name}: ${targetPort} is no port`),
        ),
      ];
    });
}

/** What is wrong with what is applied together, by rules that hold for any workload: `Deployment auth: probes: …`. */
export function scoreProblems(all: readonly Manifest[]): string[] {
  const ofWorkloads = all
    .filter(isWorkload)
    .flatMap((workload) =>
      Object.entries(RULES).flatMap(([name, rule]) =>
        rule(workload, all).map((text) => `${workload.kind} ${workload.metadata.name}: ${name}: ${text}`),
      ),
    );
  return [...ofWorkloads, ...serviceProblems(all)];
}
