import { join, resolve } from 'node:path';
import type { Plan } from '../tools/stack/supervisor/supervised';
import { stopSignal } from '../tools/stack/start/stop-signal';
import { fail, say } from '../tools/stack/terminal';
import { chargersBench } from './chargers/chargers';
import { writeResults } from './document';
import { exportsBench } from './exports/main';
import { flatBench, flatReport } from './flat/flat';
import { growthBench, growthReport } from './growth/growth';
import { ingestBench, ingestReport } from './ingest/ingest';
import { profiled, profileReport } from './measure/profile';
import { type BenchOptions, benchOptions } from './options';
import { besideBench } from './reads/beside';
import { readsBench } from './reads/reads';
import { report } from './reads/report';
import { BenchStack } from './stack/bench-stack';
import { startBench } from './start/start';
import { forWrites } from './writes/adapted';
import { copyDatabases } from './writes/copies';
import { writesReport } from './writes/report';
import { writesBench } from './writes/writes';

const checkout = resolve(__dirname, '../..');

/** What a benchmark of the whole platform measures, as a table. */
async function resultsOf(
  { bench, section, options, sessions, sockets }: BenchOptions,
  stack: BenchStack,
): Promise<string> {
  if (bench === 'chargers') return chargersBench(stack, { sockets, seconds: options.closed / 1000 });
  if (bench === 'ingest') return ingestReport(await ingestBench(stack, options.rounds, sessions));
  if (bench === 'flat') return flatReport(await flatBench(stack, options));
  if (bench === 'growth') return growthReport(await growthBench(stack, options));
  if (bench === 'writes') return writesReport(await writesBench(stack, options));
  if (section === 'beside') return besideBench(stack, options);
  return report(await readsBench(stack, options));
}

async function main(args: readonly string[]): Promise<void> {
  if (args[0] === 'exports') return void (await exportsBench(args.slice(1)));
  const asked = benchOptions(args);
  const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
  const write = (results: string): void => {
    say(`\n${results}`);
    if (asked.write) writeResults(join(checkout, 'docs/benchmarks.md'), asked.section, command, results);
  };
  if (asked.bench === 'start') return write(await startBench(checkout, asked.options.closed / 1000));
  // What chargers are answered has to be on the disk.
  const durable = asked.bench === 'chargers';
  const writes = asked.bench === 'writes';
  const profiles = join(checkout, '.data', 'bench', 'profiles', String(process.pid));
  const observed = asked.profile ? profiled(profiles) : (plan: Plan): Plan => plan;
  const adapt = (plan: Plan): Plan => observed(writes ? forWrites(plan) : plan);
  const stack = new BenchStack({ checkout, durable, adapt, ...(writes ? { beforeApps: copyDatabases } : {}) });
  const stopped = stopSignal().then(() => Promise.reject(new Error('Stopped before the end.')));
  try {
    await Promise.race([stack.start(), stopped]);
    write(await Promise.race([resultsOf(asked, stack), stopped]));
  } finally {
    await stack.stop();
  }
  if (asked.profile) say(`\n${profileReport(profiles)}\n\nProfiles: ${profiles}`);
}

main(process.argv.slice(2)).then(() => process.exit(0), fail);
