import { type Measured, totalCpu } from '../reads/measured';
import type { ReadsResults } from '../reads/reads';

/** Goals: writes per CPU second relative to each baseline, at least. */
export const GOALS = { bare: 0.35, lean: 0.8, microservices: 2 } as const;
/** Milliseconds of CPU of a creation, with all that follows from it, at most. */
export const CREATION_MS = 6;
const CREATION = 'create a power center';

const mark = (met: boolean): string => (met ? '✓' : '✗');
const cell = (value: number, met: boolean): string => `${value.toFixed(2)} ${mark(met)}`;

/** The table of ratios and the one of results, in Markdown. */
export function writesReport(results: ReadsResults): string {
  return `${ratios(results)}\n\n${absolute(results)}`;
}

function ratios(results: ReadsResults): string {
  const goals = Object.entries(GOALS);
  const heads = goals.map(([name, least]) => `of ${name} (≥ ${least})`);
  const rows = [...results].map(([name, by]) => {
    const used = totalCpu(by.get('platform') as Measured);
    const cells = goals.map(([baseline, least]) => {
      const value = totalCpu(by.get(baseline) as Measured) / used;
      return cell(value, value >= least);
    });
    const cpu = name === CREATION ? cell(used, used <= CREATION_MS) : used.toFixed(2);
    return `| ${[name, ...cells, cpu].join(' | ')} |`;
  });
  return [
    `| Write | ${heads.join(' | ')} | CPU ms (creation ≤ ${CREATION_MS}) |`,
    `|${' --- |'.repeat(5)}`,
    ...rows,
  ].join('\n');
}

function absolute(results: ReadsResults): string {
  const rows = [...results].flatMap(([name, by]) =>
    [...by].map(([target, measured]) => {
      const { perSecond, p50, p99, cpu } = measured;
      const parts = Object.entries(cpu)
        .filter(([, used]) => used > 0.02 * totalCpu(measured))
        .map(([part, used]) => `${part} ${used.toFixed(2)}`);
      const times = [p50, p99].map((value) => (Number.isNaN(value) ? '–' : value.toFixed(1)));
      const numbers = [perSecond.toFixed(0), ...times, totalCpu(measured).toFixed(2)];
      return `| ${[name, target, ...numbers, parts.join(', ')].join(' | ')} |`;
    }),
  );
  const head = '| Write | At | a second | p50 ms | p99 ms | CPU ms each | of which |';
  return [head, `|${' --- |'.repeat(7)}`, ...rows].join('\n');
}
