import { OWN_DATA } from './cases';
import { totalCpu, type Measured } from './measured';
import type { ReadsResults } from './reads';

/** Requests that a second of CPU answers, relative to a baseline. */
const ratio = (platform: Measured, baseline: Measured): number => totalCpu(baseline) / totalCpu(platform);

/** What part of the platform's CPU time the gateway uses. */
export const gatewayShare = (measured: Measured): number => (measured.cpu.gateway ?? 0) / totalCpu(measured);

/** Goals: throughput per CPU second relative to each baseline, at least. */
export const GOALS = { lean: 0.75, bare: 0.3, monolith: 1.3, microservices: 2 } as const;
/** The gateway's part of the CPU, and the p99 at half load relative to the lean hop's, at most. */
export const MOST_AT_GATEWAY = 0.35;
export const SLOWEST_HALF = 1.5;
/** What may be answered from memory: requests that a second of CPU answers, relative to the bare limit, at least. */
export const REMEMBERED = 1.5;
/** Milliseconds of CPU of the caller's own data, at most. */
export const OWN_DATA_MS = 2;

/** An answer that costs more than this part of one that is asked for was asked for, too. */
const KEPT = 0.7;

const mark = (met: boolean): string => (met ? '✓' : '✗');
const shown = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(1));
const cell = (value: number, met: boolean): string => `${value.toFixed(2)} ${mark(met)}`;

/** The table of ratios and the one of results, in Markdown. */
export function report(results: ReadsResults): string {
  return [ratios(results), ...own(results), absolute(results)].join('\n\n');
}

/** What no baseline answers has a goal of its own. */
function own(results: ReadsResults): string[] {
  const measured = results.get(OWN_DATA)?.get('platform');
  if (!measured) return [];
  const used = totalCpu(measured);
  return [`The caller's own data, ms of CPU (≤ ${OWN_DATA_MS}): ${cell(used, used <= OWN_DATA_MS)}`];
}

function ratios(results: ReadsResults): string {
  const head = `| Read | ${Object.entries(GOALS)
    .map(([name, least]) => `of ${name} (≥ ${least})`)
    .join(
      ' | ',
    )} | gateway's share (≤ ${MOST_AT_GATEWAY}) | p99 of lean's, half load (≤ ${SLOWEST_HALF}) | from memory, of bare (≥ ${REMEMBERED}) |`;
  const compared = [...results].filter(([, by]) => by.size > 1);
  const rows = compared.map(([name, by]) => {
    const platform = by.get('platform') as Measured;
    const cells = Object.entries(GOALS).map(([baseline, least]) => {
      const value = ratio(platform, by.get(baseline) as Measured);
      return cell(value, value >= least);
    });
    const share = gatewayShare(platform);
    const slow = platform.halfP99 / (by.get('lean') as Measured).halfP99;
    const last = [cell(share, share <= MOST_AT_GATEWAY), cell(slow, slow <= SLOWEST_HALF), memory(by)];
    return `| ${[name, ...cells, ...last].join(' | ')} |`;
  });
  return [head, `|${' --- |'.repeat(8)}`, ...rows].join('\n');
}

/** Orders are never kept: what the gateway answers with them is always asked for. */
function memory(by: ReadonlyMap<string, Measured>): string {
  const [remembered, platform, bare] = ['remembered', 'platform', 'bare'].map((name) => by.get(name)) as Measured[];
  if (!remembered || !platform || !bare || totalCpu(remembered) > KEPT * totalCpu(platform)) return '–';
  const value = ratio(remembered, bare);
  return cell(value, value >= REMEMBERED);
}

/** All results; those that were not measured are left out. */
export function absolute(results: ReadsResults): string {
  const head = '| Read | At | a second | p50 ms | p99 ms | p50 half load | p99 half load | CPU ms each | of which |';
  const rows = [...results].flatMap(([name, by]) =>
    [...by].map(([target, measured]) => {
      const { perSecond, p50, p99, halfP50, halfP99, cpu } = measured;
      const parts = Object.entries(cpu)
        .filter(([, used]) => used > 0.02 * totalCpu(measured))
        .map(([part, used]) => `${part} ${used.toFixed(2)}`);
      const numbers = [perSecond.toFixed(0), ...[p50, p99, halfP50, halfP99].map(shown)];
      return `| ${[name, target, ...numbers, totalCpu(measured).toFixed(2), parts.join(', ')].join(' | ')} |`;
    }),
  );
  return [head, `|${' --- |'.repeat(9)}`, ...rows].join('\n');
}
