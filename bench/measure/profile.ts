import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plan } from '../../tools/stack/supervisor/supervised';

/** A profile as V8 writes it: nodes of the call tree, and the node and microseconds of each sample. */
interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

const NOT_BUSY = ['(idle)', '(program)', '(root)'];
const GROUPS: readonly (readonly [string, (frame: CallFrame) => boolean])[] = [
  // Bindings of streams, which have no file: writev, writeBuffer, writeUtf8String, writeLatin1String.
  ['sockets', ({ functionName, url }) => url === '' && /^write/.test(functionName)],
  ['garbage', ({ functionName }) => functionName === '(garbage collector)'],
  ['modules', ({ functionName, url }) => /compile|wrapSafe/i.test(functionName) || /internal\/modules/.test(url)],
  ['node', ({ url }) => url.startsWith('node:') || url === ''],
];

/** What is in no other group: the bundles do not tell the platform from its packages. */
const REST = 'bundles';

/**
 * Runs each process under V8's profiler, which writes `<name>.cpuprofile` into `folder` when the process ends; `<name>-2` for
 * the second of a name, such as the gateway without its cache.
 */
export function profiled(folder: string): (plan: Plan) => Plan {
  const runs = new Map<string, number>();
  return (plan) => {
    const run = (runs.get(plan.name) ?? 0) + 1;
    runs.set(plan.name, run);
    const name = run === 1 ? plan.name : `${plan.name}-${run}`;
    return {
      ...plan,
      args: ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}.cpuprofile`, ...plan.args],
    };
  };
}

/** The profiles of a folder as a table: of the busy time of each process, percent by group, then the largest functions. */
export function profileReport(folder: string): string {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.cpuprofile')) : [];
  const heads = ['Process', 'Busy s', ...GROUPS.map(([name]) => `${name} %`), `${REST} %`, 'Largest functions, %'];
  const rows = files.map((name) => rowOf(basename(name, '.cpuprofile'), join(folder, name)));
  return [`| ${heads.join(' | ')} |`, `|${' --- |'.repeat(heads.length)}`, ...rows].join('\n');
}

function rowOf(name: string, file: string): string {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const busy = selfTimes(profile);
  const total = [...busy.values()].reduce((sum, { micros }) => sum + micros, 0);
  const percent = (micros: number): string => ((100 * micros) / total).toFixed(1);
  const groups = [...GROUPS.map(([group]) => group), REST].map((group) =>
    percent([...busy.values()].reduce((sum, one) => sum + (groupOf(one.frame) === group ? one.micros : 0), 0)),
  );
  const largest = [...busy]
    .sort(([, a], [, b]) => b.micros - a.micros)
    .slice(0, 12)
    .map(([key, { micros }]) => `${key} ${percent(micros)}`);
  return `| ${[name, (total / 1e6).toFixed(1), ...groups, largest.join(', ')].join(' | ')} |`;
}

const groupOf = (frame: CallFrame): string => GROUPS.find(([, belongs]) => belongs(frame))?.[0] ?? REST;

/** Microseconds in each function itself, by its name and place. */
function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): Map<string, { micros: number; frame: CallFrame }> {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<string, { micros: number; frame: CallFrame }>();
  samples.forEach((id, at) => {
    const frame = frames.get(id);
    if (!frame || NOT_BUSY.includes(frame.functionName)) return;
    const place = frame.url === '' ? '' : ` ${basename(frame.url)}:${frame.lineNumber + 1}`;
    const key = `${frame.functionName || 'anonymous'}${place}`;
    const known = times.get(key);
    if (known) known.micros += timeDeltas[at] ?? 0;
    else times.set(key, { micros: timeDeltas[at] ?? 0, frame });
  });
  return times;
}
