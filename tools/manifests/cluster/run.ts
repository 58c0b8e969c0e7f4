import { spawnSync } from 'node:child_process';
import { inherited } from '../../stack/environment';
import { say } from '../../stack/terminal';
import type { Journey, Place, Step } from './journeys';

interface Deployment {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly availableReplicas?: number };
}
interface Replicas {
  readonly wanted: number;
  readonly available: number;
}

/** A cluster, by the commands of a person. */
export class Cluster {
  /** `additions`: variables beside those of the person. */
  constructor(
    private readonly checkout: string,
    private readonly additions: Record<string, string> = {},
  ) {}

  /** Runs a text of a page in a shell and shows it; what it said is answered. */
  sh(text: string): { status: number | null; output: string } {
    text.split('\n').forEach((line) => say(`  $ ${line}`));
    const options = {
      cwd: this.checkout,
      env: inherited(this.additions),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    } as const;
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', text], options);
    const output = `${stdout}${stderr}`;
    return { status, output };
  }

  /** Replicas of each deployment of the platform. */
  replicas(): Map<string, Replicas> {
    const args = ['get', 'deployments', '-n', 'open-cpo', '-o', 'json'];
    const { status, stdout } = spawnSync('kubectl', args, {
      env: inherited(this.additions),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (status !== 0) return new Map();
    const { items } = JSON.parse(stdout) as { items: Deployment[] };
    return new Map(
      items.map(({ metadata, spec, status: now }) => [
        metadata.name,
        { wanted: spec.replicas ?? 1, available: now?.availableReplicas ?? 0 },
      ]),
    );
  }
}

/** What was wrong with one step; its output is shown then. */
export function tryStep(cluster: Cluster, step: Step): string[] {
  say(`… ${step.what}`);
  const before = cluster.replicas();
  const { status, output } = cluster.sh(step.run);
  const after = cluster.replicas();
  const problems = [...ended(step, status, output), ...kept(step, before, after)];
  say(problems.length === 0 ? `✓ ${step.what}` : `✗ ${step.what}`);
  return problems.length === 0 ? [] : [...problems, output.trim().split('\n').slice(-20).join('\n')];
}

function ended({ what, refusedWith }: Step, status: number | null, output: string): string[] {
  if (!refusedWith) return status === 0 ? [] : [`${what}: ended with ${status}`];
  if (status === 0) return [`${what}: was not refused`];
  return refusedWith.test(output) ? [] : [`${what}: was refused with something else than ${refusedWith.source}`];
}

/** What a step took away that it had to leave alone. */
export function kept(
  { what, keepsReplicas, keepsServing }: Pick<Step, 'what' | 'keepsReplicas' | 'keepsServing'>,
  before: ReadonlyMap<string, Replicas>,
  after: ReadonlyMap<string, Replicas>,
): string[] {
  return [...before].flatMap(([name, { wanted, available }]) => {
    const now = after.get(name) ?? { wanted: 0, available: 0 };
    const fewer = keepsReplicas && now.wanted < wanted;
    // One may be on its way from the old version to the new one.
    const gone = keepsServing && available > 0 && now.available < 1;
    return [
      ...(fewer ? [`${what}: ${name} went from ${wanted} to ${now.wanted} replicas`] : []),
      ...(gone ? [`${what}: ${name} has no ready replica`] : []),
    ];
  });
}

/** Makes journeys one after the other; ends with the first that fails, since the next ones rest on it. */
export function travel(cluster: Cluster, journeys: readonly Journey[], place: Place): string[] {
  for (const { name, steps } of journeys) {
    say(`\n${name}`);
    for (const step of steps(place)) {
      const problems = tryStep(cluster, step);
      if (problems.length > 0) return problems;
    }
  }
  return [];
}
