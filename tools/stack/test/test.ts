import { join } from 'node:path';
import { browserVariables } from '../servers/browser';
import { stopSignal } from '../start/stop-signal';
import { say, StackError } from '../terminal';
import { checks, runChecks } from './checks';
import { runJest, selectedFiles } from './jest';
import { selection, verifyParts } from './suites';
import { failureList, lastLine, sum, type Tally } from './tally';
import { TestPlatform } from './test-platform';
import { leftNothing, makeTemporary, removeTemporary } from './temporary';
import { sweep, TestServers } from './test-servers';

/** Minutes in which CI has to end; a part of the slow tests that would take it beyond them is left out. */
const CI_MINUTES = 82;

/** `npm test`: checks and tests; a path limits it to the tests below. Answers whether nothing failed. */
export async function test(checkout: string, args: readonly string[]): Promise<boolean> {
  const all = args.length === 0;
  const tallies: Tally[] = all ? await checked(checkout) : [{ passed: 0, failed: 0, skipped: checks.length }];
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
  const spent = (): number => (Date.now() - began) / 60_000;
  const interrupted = new AbortController();
  void stopSignal().then(() => interrupted.abort());
  const tallies = [...(await checked(checkout)), await runTests(checkout, selection('test', []))];
  say(`\nTests: ${lastLine(sum(tallies))} (${spent().toFixed(0)} min)`);
  for (const { name, minutes, args } of verifyParts(checkout)) {
    if (interrupted.signal.aborted) return false;
    if (spent() + minutes > CI_MINUTES) say(`The slow tests of ${name} are left out for time: npm run verify.`);
    else tallies.push(await runTests(checkout, args));
    say(`After the slow tests of ${name}: ${lastLine(sum(tallies))} (${spent().toFixed(0)} min)`);
  }
  return concluded(tallies);
}

function concluded(tallies: readonly Tally[]): boolean {
  const total = sum(tallies);
  if (total.failures?.length) say(`\nFailed:\n${failureList(total)}`);
  say(`\n${lastLine(total)}`);
  return total.failed === 0;
}

/** The checks, each as a test. */
async function checked(checkout: string): Promise<Tally[]> {
  const results = await runChecks(checkout);
  return results.map(({ name, passed }) => {
    const [ok, failed] = passed ? [1, 0] : [0, 1];
    return { passed: ok, failed, skipped: 0, failures: passed ? [] : [`check "${name}"`] };
  });
}

/** A test more, that fails when the broker denied something to an app. */
function allPermitted({ denied }: TestPlatform): Tally {
  const [first] = denied;
  if (!first) return { passed: 1, failed: 0, skipped: 0 };
  const text = `The broker denied ${denied.length} uses to the apps, the first: ${first}`;
  say(`✗ ${text}`);
  return { passed: 0, failed: 1, skipped: 0, failures: [text] };
}

async function runTests(checkout: string, args: readonly string[]): Promise<Tally> {
  const stopped = stopSignal();
  await sweep(checkout, 'runs');
  const run = String(process.pid);
  const servers = await TestServers.prepare(checkout, join('runs', run));
  const TMPDIR = makeTemporary(run);
  const platform = new TestPlatform(servers);
  let tally: Tally = { passed: 0, failed: 1, skipped: 0 };
  try {
    const variables = await servers.start();
    const selected = selectedFiles(checkout, args);
    const journeys = selected.some((file) => file.endsWith('.e2e-spec.ts'));
    const inBrowser = selected.some((file) => /dashboard[^/]*\.e2e-spec\.ts$/.test(file));
    const platformVariables = {
      ...(inBrowser ? await browserVariables(servers.places.packages) : {}),
      ...(journeys ? await platform.start() : {}),
    };
    const reportFile = join(servers.places.home, 'report.json');
    const all = { ...variables, ...platformVariables, TMPDIR };
    tally = await runJest({ checkout, args, variables: all, reportFile, stopped });
  } catch (error) {
    say(error instanceof StackError ? error.message : String(error instanceof Error ? error.stack : error));
  } finally {
    await platform.stop();
    await servers.stop();
    tally = sum([tally, leftNothing(run), allPermitted(platform)]);
    removeTemporary(run);
  }
  if (tally.failed === 0) {
    servers.forget();
  } else {
    say(`What the servers and apps wrote is in ${servers.places.home}.`);
  }
  return tally;
}
