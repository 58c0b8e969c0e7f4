import { webhookTo } from '../faults/load/people';
import { atRest } from '../faults/run/at-rest';
import { closeContext, type TestContext, openContext } from '../faults/environment/test-context';
import { pause } from '../stack/processes';
import { say, StackError } from '../stack/terminal';
import { type Mix, MIXES } from './mixes';
import type { OldBuild } from './old-build';
import type { Output } from './output';
import { type Baseline, Reads } from './reads';
import { RefusingReceiver } from './refusing-receiver';
import { TwoVersions } from './two-versions';
import { queued, work } from './work';

export interface RunOptions {
  readonly checkout: string;
  readonly old: OldBuild;
  readonly mixes?: readonly Mix[];
  /** Resolves when it has to end. */
  readonly stopped?: Promise<unknown>;
}

/** What was wrong with one mix. */
export interface Found {
  readonly mix: string;
  readonly problems: readonly string[];
}

interface VersionTest {
  readonly context: TestContext<TwoVersions>;
  readonly refusing: RefusingReceiver;
  /** What clients of the old version read, and what they got from it. */
  readonly reads: Reads;
  readonly baseline: Baseline;
}

/** What a mix came to. */
interface Verdict {
  readonly problems: readonly string[];
  /** Whether its work came to rest; what follows would be judged by what it left. */
  readonly finished: boolean;
}

const BASE = 'old version';
/** Milliseconds in which work may still come to rest after a process has logged an error. */
const AFTER_TROUBLE_MS = 90_000;
const POLL_INTERVAL_MS = 200;

/** Runs the old version, upgrades beside it and tries every mix on the same data. */
export async function run({ checkout, old, mixes = MIXES, stopped }: RunOptions): Promise<Found[]> {
  const environment = new TwoVersions(checkout, old.checkout);
  const found: Found[] = [];
  const asked = stopped?.then(() => Promise.reject(new StackError('Stopped.'))) ?? new Promise<never>(() => undefined);
  const report = (mix: string, problems: readonly string[]): void => {
    found.push({ mix, problems });
    say(
      [`${problems.length === 0 ? '✓' : '✗'} ${mix}`, ...problems.slice(0, 20).map((text) => `    ${text}`)].join('\n'),
    );
  };
  let whole = false;
  try {
    await Promise.race([asked, tryAll(environment, mixes, report)]);
    whole = found.every(({ problems }) => problems.length === 0);
  } finally {
    const log = await environment.stop(!whole);
    if (!whole) say(`What the processes wrote is in ${log}.`);
  }
  return found;
}

async function tryAll(
  environment: TwoVersions,
  mixes: readonly Mix[],
  report: (mix: string, problems: readonly string[]) => void,
): Promise<void> {
  await environment.start();
  const context = await openContext(environment);
  const refusing = await RefusingReceiver.start();
  try {
    await webhookTo(refusing.url, context.owner);
    const [gateway] = environment.gateways;
    if (!gateway) throw new StackError('There is no gateway.');
    const reads = await Reads.served(gateway);
    const first = await reads.through(gateway, context.owner);
    const test = { context, refusing, reads, baseline: first.statuses };
    const base = await checked(test, first.problems);
    report(`${BASE} (${first.statuses.size} reads)`, base.problems);
    await environment.upgrade();
    for (const mix of mixes) {
      const { problems, finished } = await tryMix(test, mix);
      report(mix.name, problems);
      if (!finished) break;
    }
  } finally {
    await refusing.stop();
    await closeContext(context);
  }
}

/** The mix before leaves work in queues and streams; this one has to finish it, and work of its own. */
async function tryMix(test: VersionTest, mix: Mix): Promise<Verdict> {
  const { context, reads, baseline } = test;
  const { environment } = context;
  await environment.endWorkers();
  const left = await work(context);
  await queued(context);
  await environment.run(mix);
  while (!(await environment.allReady())) await pause(POLL_INTERVAL_MS);
  const problems = left.map((text) => `before: ${text}`);
  for (const gateway of environment.runningGateways) {
    const { problems: unlike } = await reads.through(gateway, context.owner, baseline);
    problems.push(...unlike.map((text) => `${gateway.version} gateway: ${text}`));
  }
  return checked(test, problems);
}

/** Works, waits until all has come to rest and looks at what became of it. */
async function checked({ context, refusing }: VersionTest, problems: readonly string[]): Promise<Verdict> {
  const { output } = context.environment;
  const before = Math.max(0, context.journal.of('export').length - 1);
  const worked = await work(context);
  let over = false;
  const rest = await Promise.race([atRest(context, before), stuck(output, () => over)]).finally(() => (over = true));
  const troubles = output.drain().map(({ process, text }) => `${process}: ${text}`);
  const kept = Object.entries(rest ?? {}).flatMap(([what, texts]) => texts.map((text) => `${what}: ${text}`));
  const unfinished = rest ? [] : ['not all of its work was done'];
  const all = [...problems, ...worked, ...kept, ...unfinished, ...refusing.drain(), ...troubles];
  return { problems: all, finished: rest !== undefined };
}

/** Resolves when a process has logged an error and time has passed in which it could have been mended. */
async function stuck(output: Output, over: () => boolean): Promise<undefined> {
  while (!output.troubled && !over()) await pause(POLL_INTERVAL_MS);
  await pause(AFTER_TROUBLE_MS);
}
