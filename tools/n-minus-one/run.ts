import { webhookTo } from '../faults/load/people';
import { atRest } from '../faults/run/at-rest';
import { closeScene, type Scene, sceneOn } from '../faults/stage/scene';
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

interface Trial {
  readonly scene: Scene<TwoVersions>;
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
  const stage = await TwoVersions.set(checkout, old.checkout);
  const found: Found[] = [];
  const asked = stopped?.then(() => Promise.reject(new StackError('Stopped.'))) ?? new Promise<never>(() => undefined);
  const tell = (mix: string, problems: readonly string[]): void => {
    found.push({ mix, problems });
    say(
      [`${problems.length === 0 ? '✓' : '✗'} ${mix}`, ...problems.slice(0, 20).map((text) => `    ${text}`)].join('\n'),
    );
  };
  let whole = false;
  try {
    await Promise.race([asked, tryAll(stage, mixes, tell)]);
    whole = found.every(({ problems }) => problems.length === 0);
  } finally {
    const log = await stage.stop(!whole);
    if (!whole) say(`What the processes wrote is in ${log}.`);
  }
  return found;
}

async function tryAll(
  stage: TwoVersions,
  mixes: readonly Mix[],
  tell: (mix: string, problems: readonly string[]) => void,
): Promise<void> {
  await stage.start();
  const scene = await sceneOn(stage);
  const refusing = await RefusingReceiver.start();
  try {
    await webhookTo(refusing.url, scene.owner);
    const [gateway] = stage.gateways;
    if (!gateway) throw new StackError('There is no gateway.');
    const reads = await Reads.served(gateway);
    const first = await reads.through(gateway, scene.owner);
    const trial = { scene, refusing, reads, baseline: first.statuses };
    const base = await judged(trial, first.problems);
    tell(`${BASE} (${first.statuses.size} reads)`, base.problems);
    await stage.upgrade();
    for (const mix of mixes) {
      const { problems, finished } = await tryMix(trial, mix);
      tell(mix.name, problems);
      if (!finished) break;
    }
  } finally {
    await refusing.stop();
    await closeScene(scene);
  }
}

/** The mix before leaves work in queues and streams; this one has to finish it, and work of its own. */
async function tryMix(trial: Trial, mix: Mix): Promise<Verdict> {
  const { scene, reads, baseline } = trial;
  const { stage } = scene;
  await stage.endWorkers();
  const left = await work(scene);
  await queued(scene);
  await stage.run(mix);
  while (!(await stage.allReady())) await pause(POLL_INTERVAL_MS);
  const problems = left.map((text) => `before: ${text}`);
  for (const gateway of stage.runningGateways) {
    const { problems: unlike } = await reads.through(gateway, scene.owner, baseline);
    problems.push(...unlike.map((text) => `${gateway.version} gateway: ${text}`));
  }
  return judged(trial, problems);
}

/** Works, waits until all has come to rest and looks at what became of it. */
async function judged({ scene, refusing }: Trial, problems: readonly string[]): Promise<Verdict> {
  const { output } = scene.stage;
  const before = Math.max(0, scene.journal.of('export').length - 1);
  const worked = await work(scene);
  let over = false;
  const rest = await Promise.race([atRest(scene, before), stuck(output, () => over)]).finally(() => (over = true));
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
