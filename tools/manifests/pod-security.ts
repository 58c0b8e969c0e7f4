import type { Workload } from './manifest';

/** The fields of a pod and its containers that the Pod Security Standards look at. */
interface Context {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: { readonly type: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
  readonly appArmorProfile?: { readonly type: string };
  readonly sysctls?: readonly { readonly name: string }[];
  readonly allowPrivilegeEscalation?: boolean;
  readonly privileged?: boolean;
  readonly procMount?: string;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
}
interface Probed {
  readonly httpGet?: { readonly host?: string };
  readonly tcpSocket?: { readonly host?: string };
}
interface Restricted {
  readonly name: string;
  readonly securityContext?: Context;
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly livenessProbe?: Probed;
  readonly readinessProbe?: Probed;
  readonly startupProbe?: Probed;
  readonly lifecycle?: { readonly preStop?: Probed; readonly postStart?: Probed };
}
interface Pod {
  readonly securityContext?: Context;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
  readonly containers: readonly Restricted[];
  readonly initContainers?: readonly Restricted[];
  readonly ephemeralContainers?: readonly Restricted[];
}

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
];
const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const CONFINED = ['RuntimeDefault', 'Localhost'];

/** What of a securityContext, of a pod or of a container, is not allowed wherever it stands. */
const forbidden = (context: Context = {}): string[] => {
  const { seLinuxOptions: selinux = {}, sysctls = [], seccompProfile, appArmorProfile } = context;
  const found: readonly [boolean, string][] = [
    [context.runAsUser === 0, 'runAsUser=0'],
    [context.runAsNonRoot === false, 'runAsNonRoot=false'],
    [!!context.windowsOptions?.hostProcess, 'hostProcess'],
    [!SELINUX_TYPES.includes(selinux.type ?? ''), 'seLinuxOptions.type'],
    [!!selinux.user || !!selinux.role, 'seLinuxOptions.user or role'],
    [!!seccompProfile && !CONFINED.includes(seccompProfile.type), 'seccompProfile'],
    [!!appArmorProfile && !CONFINED.includes(appArmorProfile.type), 'appArmorProfile'],
    [sysctls.some(({ name }) => !SYSCTLS.includes(name)), 'sysctls'],
  ];
  return found.flatMap(([wrong, rule]) => (wrong ? [rule] : []));
};

const capabilities = ({ add = [], drop = [] }: NonNullable<Context['capabilities']> = {}): boolean =>
  drop.includes('ALL') && add.every((name) => name === 'NET_BIND_SERVICE');

/** Probes and hooks that ask another host. */
const asksElsewhere = ({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Restricted): boolean =>
  [livenessProbe, readinessProbe, startupProbe, lifecycle?.preStop, lifecycle?.postStart].some(
    (one) => !!one?.httpGet?.host || !!one?.tcpSocket?.host,
  );

function ofContainer(container: Restricted, pod: Context): string[] {
  const { securityContext: own = {}, ports = [] } = container;
  const found: readonly [boolean, string][] = [
    [!!own.privileged, 'privileged'],
    [own.allowPrivilegeEscalation !== false, 'allowPrivilegeEscalation != false'],
    [!capabilities(own.capabilities), 'unrestricted capabilities'],
    [(own.runAsNonRoot ?? pod.runAsNonRoot) !== true, 'runAsNonRoot != true'],
    [!(own.seccompProfile ?? pod.seccompProfile), 'seccompProfile'],
    [(own.procMount ?? 'Default') !== 'Default', 'procMount'],
    [ports.some(({ hostPort }) => hostPort), 'hostPort'],
    [asksElsewhere(container), 'host of a probe'],
  ];
  return [...found.flatMap(([wrong, rule]) => (wrong ? [rule] : [])), ...forbidden(own)];
}

/**
 * What the level `restricted` of the Pod Security Standards, Kubernetes 1.35, has against a workload's pods.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function restrictedProblems({ metadata, spec }: Workload): string[] {
  const pod = spec.template.spec as unknown as Pod;
  const { securityContext = {}, volumes = [], initContainers = [], ephemeralContainers = [] } = pod;
  const host: readonly [boolean, string][] = [
    [!!pod.hostNetwork, 'hostNetwork'],
    [!!pod.hostPID, 'hostPID'],
    [!!pod.hostIPC, 'hostIPC'],
    [volumes.some((one) => Object.keys(one).some((key) => key !== 'name' && !VOLUMES.includes(key))), 'volumes'],
  ];
  const rules = [...host.flatMap(([wrong, rule]) => (wrong ? [rule] : [])), ...forbidden(securityContext)];
  const containers = [...initContainers, ...pod.containers, ...ephemeralContainers];
  return [
    ...rules.map((rule) => `${metadata.name}: ${rule}`),
    ...containers.flatMap((one) =>
      ofContainer(one, securityContext).map((rule) => `${metadata.name}/${one.name}: ${rule}`),
    ),
  ];
}

export const LEVELS = ['restricted', 'baseline', 'privileged'] as const;
export type Level = (typeof LEVELS)[number];

/** Rules that the level `baseline` does not have. */
const RESTRICTED_ALONE = [
  'volumes',
  'allowPrivilegeEscalation != false',
  'unrestricted capabilities',
  'runAsNonRoot != true',
  'runAsNonRoot=false',
  'runAsUser=0',
  'seccompProfile',
];
/** Capabilities that container runtimes give by default. */
const DEFAULT_CAPABILITIES =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  );

/** The strictest level of the Pod Security Standards that admits the pods of a workload. */
export function levelOf(workload: Workload): Level {
  const problems = restrictedProblems(workload);
  if (problems.length === 0) return 'restricted';
  const {
    volumes = [],
    containers,
    initContainers = [],
    securityContext,
  } = workload.spec.template.spec as unknown as Pod;
  const contexts = [...containers, ...initContainers].map((one) => one.securityContext);
  const beyondBaseline =
    problems.some((problem) => !RESTRICTED_ALONE.includes(problem.slice(problem.indexOf(': ') + 2))) ||
    volumes.some((one) => 'hostPath' in one) ||
    [securityContext, ...contexts].some((one) => one?.seccompProfile?.type === 'Unconfined') ||
    contexts.some((one) => one?.capabilities?.add?.some((name) => !DEFAULT_CAPABILITIES.includes(name)));
  return beyondBaseline ? 'privileged' : 'baseline';
}
