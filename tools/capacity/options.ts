import { commandLine, wholeNumber } from '../stack/command-line';
import { StackError } from '../stack/terminal';

/** What is assumed of chargers and their owners, for the calculator. */
export interface Assumptions {
  /** Sessions of a charger on an average day. */
  readonly sessionsPerDay: number;
  readonly sessionMinutes: number;
  /** Seconds between two readings of a session. */
  readonly readingSeconds: number;
  readonly heartbeatSeconds: number;
  /** Requests to the API for each charger on an average day, from pages and integrations. */
  readonly requestsPerDay: number;
  /** The busiest hour in averages. */
  readonly peak: number;
  /** Part of a core that is used in the busiest hour; the rest is for what is not planned. */
  readonly utilisation: number;
  /** Minutes within which all chargers connect again, such as after an outage. */
  readonly reconnectMinutes: number;
  /** Months for which orders, ledger and audit are counted; nothing deletes them. */
  readonly months: number;
  /** Chargers of a replica of the service `chargers`: half of `CHARGERS_MAX_SOCKETS`. */
  readonly chargersPerReplica: number;
}

export const ASSUMPTIONS: Assumptions = {
  sessionsPerDay: 3,
  sessionMinutes: 45,
  readingSeconds: 60,
  heartbeatSeconds: 300,
  requestsPerDay: 100,
  peak: 3,
  utilisation: 0.5,
  reconnectMinutes: 10,
  months: 12,
  chargersPerReplica: 6000,
};

/** Sizes of the table in docs/capacity.md. */
export const SIZES: readonly number[] = [10_000, 100_000, 1_000_000];

export interface CapacityOptions {
  /** Chargers to calculate for; without any, the running platform is measured. */
  readonly chargers?: readonly number[];
  /** Sessions to publish for the measurement. */
  readonly sessions: number;
  readonly assumptions: Assumptions;
}

const nameOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const declared = Object.fromEntries(
  ['chargers', 'sessions', ...Object.keys(ASSUMPTIONS).map(nameOf)].map((name) => [name, { type: 'string' as const }]),
);

/** Every assumption is an option: `--session-minutes 30`. @throws StackError for what cannot be understood */
export function capacityOptions(args: readonly string[]): CapacityOptions {
  const values = commandLine({ args: [...args], options: declared }).values as Record<string, string | undefined>;
  const assumptions = Object.fromEntries(
    Object.entries(ASSUMPTIONS).map(([key, value]) => [key, positive(nameOf(key), values[nameOf(key)]) ?? value]),
  ) as unknown as Assumptions;
  const chargers = values.chargers?.split(',').map((text) => wholeNumber('chargers', text, 10_000_000) ?? 0);
  return { chargers, sessions: wholeNumber('sessions', values.sessions, 100_000) ?? 1000, assumptions };
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(text) || Number(text) === 0) throw new StackError(`--${name} is a number above 0.`);
  return Number(text);
}
