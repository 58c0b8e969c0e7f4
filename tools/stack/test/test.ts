import { join } from 'node:path';
import { stopSignal } from '../start/stop-signal';
import { say, StackError } from '../terminal';
import { checks, passes } from './checks';
import { runJest, selectedFiles } from './jest';
import { lastLine, sum, type Tally } from './tally';
import { TestPlatform } from './test-platform';
import { sweep, TestServers } from './test-servers';

/** `npm test`: checks and every kind of test; a path limits it to the tests below. Answers whether nothing failed. */
export async function test(checkout: string, args: readonly string[]): Promise<boolean> {
  const all = args.length === 0;
  const tallies: Tally[] = all ? await runChecks(checkout) : [{ passed: 0, failed: 0, skipped: checks.length }];
  tallies.push(await runTests(checkout, args));
  const total = sum(tallies);
  say(`\n${lastLine(total)}`);
  return total.failed === 0;
}

async function runChecks(checkout: string): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const check of checks) {
    const passed = await passes(check, checkout);
    tallies.push({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  }
  return tallies;
}

async function runTests(checkout: string, args: readonly string[]): Promise<Tally> {
  const stopped = stopSignal();
  await sweep(checkout, 'runs');
  const servers = await TestServers.prepare(checkout, join('runs', String(process.pid)));
  const platform = new TestPlatform(servers);
  let tally: Tally = { passed: 0, failed: 1, skipped: 0 };
  try {
    const variables = await servers.start();
    const journeys = selectedFiles(checkout, args).some((file) => file.endsWith('.e2e-spec.ts'));
    const platformVariables = journeys ? await platform.start() : {};
    const reportFile = join(servers.places.home, 'report.json');
    tally = await runJest({ checkout, args, variables: { ...variables, ...platformVariables }, reportFile, stopped });
  } catch (error) {
    say(error instanceof StackError ? error.message : String(error instanceof Error ? error.stack : error));
  } finally {
    await platform.stop();
    await servers.stop();
  }
  if (tally.failed === 0) {
    servers.forget();
  } else {
    say(`What the servers and apps wrote is in ${servers.places.home}.`);
  }
  return tally;
}
