import { median } from '../measure/statistics';
import type { BenchStack } from '../stack/bench-stack';
import { type Measured, totalCpu } from './measured';
import { absolute } from './report';
import { middles, type ReadsOptions, type RoundsFigures, readsAt } from './reads';
import { SecondLoad } from './second-load';

/** Goals beside a second load: throughput per CPU second relative to each baseline, at least, in every round. */
const GOALS = { lean: 0.9, bare: 0.35 } as const;
const BASELINES = ['bare', 'lean'] as const;
/** The reads that are nearest to their limits. */
const READS: readonly string[] = ['power center list', 'datatable search'];

/** Measures reads while another process keeps a core busy, as a table of the ratios of all rounds. */
export async function besideBench(stack: BenchStack, options: ReadsOptions): Promise<string> {
  return readsAt(stack, options, BASELINES, async ({ platform, baselines, cases, measured }) => {
    const some = cases.filter(({ name }) => READS.includes(name));
    const closed = { ...options, open: 0 };
    const alone = await measured([platform, ...baselines], some, closed);
    const load = await SecondLoad.start();
    let used = 0;
    let rounds: RoundsFigures;
    try {
      rounds = await measured([platform, ...baselines], some, closed);
    } finally {
      used = await load.stop();
    }
    return [besideReport(rounds, used), scheduling(alone, rounds)].join('\n\n');
  });
}

/** `used`: how much of a core the second load has had. */
export function besideReport(rounds: RoundsFigures, used: number): string {
  const heads = Object.entries(GOALS).flatMap(([name, least]) => [`of ${name}, median (≥ ${least})`, 'worst']);
  const rows = [...rounds].map(([read, by]) => {
    const cells = Object.entries(GOALS).flatMap(([baseline, least]) => {
      const others = by.get(baseline) ?? [];
      const ratios = (by.get('platform') ?? []).map((own, at) => {
        const other = others[at];
        return other ? totalCpu(other) / totalCpu(own) : Number.NaN;
      });
      return [median(ratios), Math.min(...ratios)].map((value) => `${value.toFixed(2)} ${value >= least ? '✓' : '✗'}`);
    });
    return `| ${[read, ...cells].join(' | ')} |`;
  });
  const table = [`| Read | ${heads.join(' | ')} |`, `|${' --- |'.repeat(1 + heads.length)}`, ...rows].join('\n');
  return [table, `The second load used ${used.toFixed(2)} of a core.`, absolute(middles(rounds))].join('\n\n');
}

/** What a request costs without and with the second load, and how its threads get to a core, as a table. */
export function scheduling(alone: RoundsFigures, beside: RoundsFigures): string {
  const [before, after] = [middles(alone), middles(beside)];
  const rows = [...before].flatMap(([read, by]) =>
    [...by].map(([target, one]) => {
      const other = after.get(read)?.get(target);
      const pair = (of: (measured: Measured) => number, digits: number): string[] =>
        [one, other].map((measured) => (measured ? of(measured).toFixed(digits) : '–'));
      const cells = [
        ...pair(totalCpu, 2),
        ...pair(({ runs = Number.NaN }) => runs, 2),
        ...pair(({ waited = Number.NaN }) => waited, 2),
      ];
      return `| ${[read, target, ...cells].join(' | ')} |`;
    }),
  );
  const heads = ['CPU ms', 'runs', 'ms waited'].flatMap((name) => [`${name} alone`, 'beside']);
  return [`| Read | At | ${heads.join(' | ')} |`, `|${' --- |'.repeat(2 + heads.length)}`, ...rows].join('\n');
}
