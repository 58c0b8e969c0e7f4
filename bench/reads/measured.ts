import { bytesOf, type Connection } from '../measure/connection';
import { closedLoop, openLoop } from '../measure/load';
import { median, percentile } from '../measure/statistics';
import type { Case } from './cases';
import { cpuBy, scheduledBy, type Target } from './target';

/** What a round showed. */
export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of CPU for one request, by part. */
  readonly cpu: Readonly<Record<string, number>>;
  /** How often threads got a core for one request. */
  readonly runs?: number;
  /** Milliseconds for one request in which threads were ready and had no core. */
  readonly waited?: number;
  /** Half of what the closed loop carried, offered at random moments. */
  readonly halfP50: number;
  readonly halfP99: number;
  readonly failed: number;
}

export interface Effort {
  readonly warmUp: number;
  readonly closed: number;
  readonly open: number;
}

/** One round of one case at one target. */
export async function measure(
  target: Target,
  { asking, next }: Case,
  connections: readonly Connection[],
  effort: Effort,
): Promise<Measured> {
  const bytes = bytesOf(asking);
  const load = { next: next ?? ((): Buffer => bytes), expected: 200 };
  await closedLoop(connections, load, effort.warmUp);
  const [before, scheduledBefore] = [cpuBy(target), scheduledBy(target)];
  const closed = await closedLoop(connections, load, effort.closed);
  const [after, scheduledAfter] = [cpuBy(target), scheduledBy(target)];
  const perSecond = closed.answered / closed.seconds;
  const half = await openLoop(connections, load, Math.max(1, perSecond / 2), effort.open);
  const cpu = Object.entries(after).map(([part, used]) => [part, (used - (before[part] ?? 0)) / closed.answered]);
  return {
    perSecond,
    p50: percentile(closed.latencies, 0.5),
    p99: percentile(closed.latencies, 0.99),
    cpu: Object.fromEntries(cpu) as Record<string, number>,
    runs: (scheduledAfter.runs - scheduledBefore.runs) / closed.answered,
    waited: (scheduledAfter.waited - scheduledBefore.waited) / closed.answered,
    halfP50: percentile(half.latencies, 0.5),
    halfP99: percentile(half.latencies, 0.99),
    failed: closed.failed + half.failed,
  };
}

export const totalCpu = ({ cpu }: Measured): number => Object.values(cpu).reduce((sum, part) => sum + part, 0);

/** The middle of several rounds, figure by figure. */
export function middle(rounds: readonly Measured[]): Measured {
  const of = (figure: (round: Measured) => number): number => median(rounds.map(figure));
  const parts = Object.keys(rounds[0]?.cpu ?? {});
  return {
    perSecond: of((round) => round.perSecond),
    p50: of((round) => round.p50),
    p99: of((round) => round.p99),
    cpu: Object.fromEntries(parts.map((part) => [part, of(({ cpu }) => cpu[part] ?? 0)])),
    runs: of(({ runs = Number.NaN }) => runs),
    waited: of(({ waited = Number.NaN }) => waited),
    halfP50: of((round) => round.halfP50),
    halfP99: of((round) => round.halfP99),
    failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
  };
}
