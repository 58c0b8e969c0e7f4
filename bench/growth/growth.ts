import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../../tools/stack/terminal';
import { Connection } from '../measure/connection';
import { median } from '../measure/statistics';
import { casesFor } from '../reads/cases';
import { measure } from '../reads/measured';
import { firstPowerCenter, platformTarget, type ReadsOptions } from '../reads/reads';
import type { BenchStack } from '../stack/bench-stack';
import { tokenOf } from '../stack/people';
import { CpuShare } from './cgroup';

/** The part of a core that each replica has. */
const SHARE = 0.1;
const REPLICAS = 3;
/** What three replicas carry relative to one, at least. */
export const LEAST = 2.4;
/** Milliseconds for a replica to be known to the broker, and to have warmed up a little. */
const SETTLE = 2000;

export type GrowthResults = { readonly one: number; readonly three: number } | { readonly skipped: string };

/** How much more three replicas of stations carry than one, each within the same small share of a core. */
export async function growthBench(stack: BenchStack, options: ReadsOptions): Promise<GrowthResults> {
  const shares: CpuShare[] = [];
  for (let index = 0; index < REPLICAS; index += 1) {
    const share = CpuShare.make(`open-cpo-bench-${process.pid}-${index}`, SHARE);
    if (typeof share === 'string') return { skipped: share };
    shares.push(share);
  }
  try {
    shares[0]?.add(stack.processes.stations ?? 0);
    const one = await carried(stack, options);
    for (let index = 1; index < REPLICAS; index += 1) {
      shares[index]?.add(await stack.addReplica('stations', `stations-${index + 1}`));
    }
    return { one, three: await carried(stack, options) };
  } finally {
    await stack.stopProcesses((name) => name.startsWith('stations'));
    shares.forEach((share) => share.remove());
  }
}

async function carried(stack: BenchStack, options: ReadsOptions): Promise<number> {
  await pause(SETTLE);
  const token = await tokenOf(stack);
  const [, one] = casesFor(token, await firstPowerCenter(stack, token));
  if (!one) throw new Error('There is no such case.');
  const target = platformTarget(stack, 'platform', stack.plainGatewayPort, 'gateway');
  const connections = await Promise.all(
    Array.from({ length: options.connections }, () => Connection.open(target.port)),
  );
  const rates: number[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    const { perSecond, failed } = await measure(target, one, connections, { ...options, open: 0 });
    rates.push(perSecond);
    say(`  ${round}. ${perSecond.toFixed(0)} a second${failed ? `, ${failed} failed` : ''}`);
  }
  connections.forEach((connection) => connection.close());
  return median(rates);
}

export function growthReport(results: GrowthResults): string {
  if ('skipped' in results) return `Growth was not measured: ${results.skipped}.`;
  const ratio = results.three / results.one;
  return [
    `| One replica | Three replicas | ratio (≥ ${LEAST}) |`,
    '| --- | --- | --- |',
    `| ${results.one.toFixed(0)}/s | ${results.three.toFixed(0)}/s | ${ratio.toFixed(2)} ${ratio >= LEAST ? '✓' : '✗'} |`,
  ].join('\n');
}
