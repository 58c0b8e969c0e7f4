import { join } from 'node:path';
import { browserVariables } from '../servers/browser';
import { stopSignal } from '../start/stop-signal';
import { say, StackError } from '../terminal';
import { checks, passes } from './checks';
import { runJest, selectedFiles } from './jest';
import { selection } from './suites';
import { lastLine, sum, type Tally } from './tally';
import { TestPlatform } from './test-platform';
import { sweep, TestServers } from './test-servers';

/** Minutes after which CI leaves the slow tests out: with them it would not end in the time that it has. */
const VERIFY_WITHIN_MINUTES = 50;

/** `npm test`: checks and tests; a path limits it to the tests below. Answers whether nothing failed. */
export async function test(checkout: string, args: readonly string[]): Promise<boolean> {
  const all = args.length === 0;
  const tallies: Tally[] = all ? await runChecks(checkout) : [{ passed: 0, failed: 0, skipped: checks.length }];
  tallies.push(await runTests(checkout, selection('test', args)));
  return concluded(tallies);
}

/** `npm run verify`: the slow tests. Answers whether nothing failed. */
export async function verify(checkout: string, args: readonly string[]): Promise<boolean> {
  return concluded([await runTests(checkout, selection('verify', args))]);
}

/** What CI runs: both, counted together. */
export async function ci(checkout: string): Promise<boolean> {
  const began = Date.now();
  const tallies = [...(await runChecks(checkout)), await runTests(checkout, selection('test', []))];
  const minutes = (Date.now() - began) / 60_000;
  say(`\nTests: ${lastLine(sum(tallies))} (${minutes.toFixed(0)} min)`);
  if (minutes < VERIFY_WITHIN_MINUTES) tallies.push(await runTests(checkout, selection('verify', [])));
  else say('The slow tests are left out, since the others took so long: npm run verify.');
  return concluded(tallies);
}

function concluded(tallies: readonly Tally[]): boolean {
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
    const selected = selectedFiles(checkout, args);
    const journeys = selected.some((file) => file.endsWith('.e2e-spec.ts'));
    const inBrowser = selected.some((file) => file.endsWith('dashboard.e2e-spec.ts'));
    const platformVariables = {
      ...(inBrowser ? await browserVariables(servers.places.packages) : {}),
      ...(journeys ? await platform.start() : {}),
    };
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
