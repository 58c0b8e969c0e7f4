import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Container, Workload } from '../../manifests/manifest';

/** How Kubernetes runs an app. */
export interface AppWorkload {
  readonly env: Readonly<Record<string, string>>;
  /** As engines write it: `384m`. */
  readonly memory: string;
  readonly user: string;
}

const documentsOf = (file: string): Workload[] => {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { merge: true });
  return Array.isArray(documents) ? documents.map((document) => document.toJS() as Workload) : [];
};

const containerOf = ({ spec }: Workload): Container | undefined => spec.template.spec.containers.at(-1);

/** What the manifests say of an app: those of its own and of all. @throws Error when there is none */
export function workloadOf(checkout: string, app: string): AppWorkload {
  const base = join(checkout, 'k8s/base');
  const own = documentsOf(join(base, 'apps', `${app}.yaml`)).find(({ kind }) => kind === 'Deployment');
  const [every] = documentsOf(join(base, 'patches/workload.yaml'));
  if (!own || !every) throw new Error(`There is no manifest of ${app}.`);
  const variables = [...(containerOf(every)?.env ?? []), ...(containerOf(own)?.env ?? [])];
  const { runAsUser, runAsGroup } = every.spec.template.spec.securityContext as Record<string, number>;
  return {
    env: Object.fromEntries(variables.map(({ name, value = '' }) => [name, value])),
    memory: memoryOf(containerOf(own)?.resources?.limits?.memory),
    user: `${runAsUser}:${runAsGroup}`,
  };
}

/** `384Mi` of Kubernetes is `384m` of engines. @throws Error for anything else */
export function memoryOf(quantity: string | undefined): string {
  const [, amount, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity ?? '') ?? [];
  if (!amount || !unit) throw new Error(`"${quantity ?? ''}" is no limit of memory.`);
  return `${amount}${unit === 'Mi' ? 'm' : 'g'}`;
}

/** Arguments of `podman run` that lock an app in as Kubernetes does. `secrets`: the folder mounted for it. */
export function lockedIn({ env, memory, user }: AppWorkload, secrets: string): string[] {
  return [
    '--read-only',
    '--read-only-tmpfs=false',
    '--tmpfs=/tmp:rw,size=64m,mode=1777',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    `--user=${user}`,
    `--memory=${memory}`,
    `--memory-swap=${memory}`,
    `--volume=${secrets}:/secrets:ro`,
    ...Object.entries(env).map(([name, value]) => `--env=${name}=${value}`),
  ];
}
