import { fork, spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { inherited } from '../../stack/environment';

/** What the stand-in looks at: pods, and objects of operators. */
export interface Found {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly ownerReferences?: readonly { readonly kind: string }[];
  };
  readonly status?: { readonly phase?: string; readonly conditions?: readonly { readonly type: string }[] };
}

const KINDS = [
  'pods',
  'clusters.postgresql.cnpg.io',
  'backups.postgresql.cnpg.io',
  'certificates.cert-manager.io',
] as const;
const condition = (type: string): object => ({
  type,
  status: 'True',
  reason: 'StandIn',
  message: 'No node or operator is there.',
  lastTransitionTime: new Date().toISOString(),
});

/**
 * The status that a node or an operator would give an object, as if all went well: pods of jobs have ended, others are ready.
 * @returns undefined where it has that already
 */
export function statusOf({ kind, metadata, status = {} }: Found): object | undefined {
  const ready = status.conditions?.some(({ type }) => type === 'Ready');
  switch (kind) {
    case 'Pod':
      if (status.phase !== 'Pending') return undefined;
      return metadata.ownerReferences?.some((owner) => owner.kind === 'Job')
        ? { phase: 'Succeeded' }
        : { phase: 'Running', conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(condition) };
    case 'Backup':
      return status.phase === 'completed' ? undefined : { phase: 'completed' };
    default:
      return ready ? undefined : { conditions: [condition('Ready')] };
  }
}

function kubectl(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('kubectl', args, { env: inherited({}), encoding: 'utf8', maxBuffer: 1 << 28 });
  return status === 0 ? stdout : undefined;
}

/** Gives the objects of the cluster of KUBECONFIG their status, until the process is ended or its parent is gone. */
async function standIn(): Promise<never> {
  process.once('disconnect', () => process.exit());
  for (;;) {
    // A kind that the cluster does not know has no objects.
    for (const kind of KINDS) {
      const text = kubectl(['get', kind, '--all-namespaces', '-o', 'json']);
      const { items } = text ? (JSON.parse(text) as { items: Found[] }) : { items: [] };
      for (const one of items) {
        const status = statusOf(one);
        const { name, namespace } = one.metadata;
        const patch = ['--subresource=status', '--type=merge', '-p', JSON.stringify({ status })];
        // It may be gone by now.
        if (status) kubectl(['patch', kind, name, '-n', namespace, ...patch]);
      }
    }
    await setTimeout(500);
  }
}

/** Starts the stand-in as a process of its own, since commands of journeys block this one. @returns what ends it */
export function startStandIn(): () => void {
  const child = fork(__filename, { env: inherited({}) });
  return () => void child.kill();
}

if (require.main === module) void standIn();
