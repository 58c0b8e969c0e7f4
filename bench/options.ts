import { commandLine, wholeNumber } from '../tools/stack/command-line';
import { StackError } from '../tools/stack/terminal';
import type { ReadsOptions } from './reads/reads';

export const BENCHES = ['reads', 'writes', 'ingest', 'growth', 'flat', 'exports', 'chargers', 'start'] as const;
export type BenchName = (typeof BENCHES)[number];

export interface BenchOptions {
  readonly bench: BenchName;
  /** The section of the document that the results go into: reads beside a second load have one of their own. */
  readonly section: BenchName | 'beside';
  readonly options: ReadsOptions;
  /** Sessions that are told of in a round of `ingest`. */
  readonly sessions: number;
  /** Connections of chargers that `chargers` holds at once. */
  readonly sockets: number;
  /** Whether each process of the platform writes a CPU profile. */
  readonly profile: boolean;
  /** Whether the results go into the document. */
  readonly write: boolean;
}

const DECLARED = {
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  connections: { type: 'string' },
  orders: { type: 'string' },
  sessions: { type: 'string' },
  sockets: { type: 'string' },
  beside: { type: 'boolean' },
  quick: { type: 'boolean' },
  only: { type: 'string' },
  profile: { type: 'boolean' },
  'no-write': { type: 'boolean' },
} as const;

/** @throws StackError for what cannot be understood */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = commandLine({ args: [...args], options: DECLARED, allowPositionals: true });
  const bench = benchOf(positionals);
  // Long enough to see that it works, too short to tell anything.
  const milliseconds = values.quick ? 200 : 1000 * (wholeNumber('seconds', values.seconds, 600) ?? 5);
  return {
    bench,
    section: sectionOf(bench, values.beside),
    sessions: wholeNumber('sessions', values.sessions, 1_000_000) ?? 2000,
    // More would need more descriptors than a process has on most machines.
    sockets: wholeNumber('sockets', values.sockets, 15_000) ?? (values.quick ? 50 : 10_000),
    profile: values.profile === true,
    // A profiler costs time, and some of the cases are not all of them.
    write: writesFigures(values),
    options: {
      rounds: wholeNumber('rounds', values.rounds, 100) ?? 5,
      only: onlyOf(bench, values.only),
      connections: wholeNumber('connections', values.connections, 1000) ?? 16,
      orders: wholeNumber('orders', values.orders, 20_000_000) ?? (bench === 'flat' ? 1_000_000 : 20_000),
      // Until code is compiled: what runs in several processes needs longer than what runs in one.
      warmUp: milliseconds / 2,
      closed: milliseconds,
      open: milliseconds,
    },
  };
}

function benchOf([asked = 'reads', ...more]: readonly string[]): BenchName {
  const bench = BENCHES.find((name) => name === asked);
  if (!bench || more.length > 0) throw new StackError(`There are the benchmarks ${BENCHES.join(', ')}.`);
  return bench;
}

const writesFigures = (values: { 'no-write'?: boolean; profile?: boolean; only?: string }): boolean =>
  !values['no-write'] && !values.profile && values.only === undefined;

function onlyOf(bench: BenchName, only = ''): string {
  if (bench !== 'reads' && only !== '') throw new StackError('--only is for reads.');
  return only;
}

function sectionOf(bench: BenchName, beside = false): BenchOptions['section'] {
  if (beside && bench !== 'reads') throw new StackError('--beside is for reads.');
  return beside ? 'beside' : bench;
}
