import {
  CHARGER_BYTES,
  CONNECTION_BYTES,
  CONNECTION_MB,
  CONNECTIONS_PER_REPLICA,
  CPU_MS,
  MEMORY_MB,
  NATS,
  STORED,
  type Unit,
} from './measured';
import type { Assumptions } from './options';

const DAY_S = 86_400;
const MONTH_DAYS = 30;
const MIB = 1024 * 1024;
/** Least replicas of each app in production. */
const LEAST_REPLICAS = 3;
/** Cores that one Node process can use. */
const CORES_PER_REPLICA = 1;
/** Processes that are no replicas of ours. */
const SERVERS = ['postgres', 'nats'];

/** What happens, a second on average. */
export type Rates = Readonly<Record<Unit, number>>;

export interface ProcessNeed {
  readonly name: string;
  /** Cores in the busiest hour, at the assumed utilisation. */
  readonly cores: number;
  /** None for servers. */
  readonly replicas?: number;
  readonly memoryMb: number;
  /** Connections to PostgreSQL that replicas may hold. */
  readonly connections: number;
}

export interface StoredNeed {
  readonly service: string;
  /** GiB that a month adds to what is never deleted. */
  readonly monthlyGib: number;
  /** GiB of what is deleted after its time. */
  readonly rollingGib: number;
  /** GiB that a day adds. */
  readonly dailyGib: number;
}

export interface Need {
  readonly chargers: number;
  readonly rates: Rates;
  readonly processes: readonly ProcessNeed[];
  readonly stored: readonly StoredNeed[];
  /** GiB of what chargers have once: their own rows, power center, connectors. */
  readonly fixedGib: number;
  /** Messages and MiB a second through NATS in the busiest hour. */
  readonly nats: { readonly messages: number; readonly mib: number };
}

export function ratesOf(chargers: number, given: Assumptions): Rates {
  const session = (chargers * given.sessionsPerDay) / DAY_S;
  const readings = Math.max(0, Math.ceil((given.sessionMinutes * 60) / given.readingSeconds) - 1);
  return {
    session,
    reading: session * readings,
    heartbeat: chargers / given.heartbeatSeconds,
    request: (chargers * given.requestsPerDay) / DAY_S,
  };
}

/** What so many chargers need, by what was measured (`measured.ts`) and assumed. */
export function needOf(chargers: number, given: Assumptions): Need {
  const rates = ratesOf(chargers, given);
  const stored = [...new Set(STORED.map(({ service }) => service))].map((service) => storedOf(service, rates));
  const messages = sum(NATS, ([unit, one]) => rates[unit] * peakOf(unit, given) * one.messages);
  const bytes = sum(NATS, ([unit, one]) => rates[unit] * peakOf(unit, given) * one.bytes);
  return {
    chargers,
    rates,
    processes: withPostgresMemory(
      Object.keys(CPU_MS).map((name) => processOf(name, chargers, rates, given)),
      stored,
    ),
    stored,
    fixedGib: (chargers * CHARGER_BYTES) / 1024 ** 3,
    nats: { messages, mib: bytes / MIB },
  };
}

/** Heartbeats come at all times alike. */
const peakOf = (unit: Unit, { peak }: Assumptions): number => (unit === 'heartbeat' ? 1 : peak);

function processOf(name: string, chargers: number, rates: Rates, given: Assumptions): ProcessNeed {
  const { reconnection = 0, ...costs } = CPU_MS[name] ?? {};
  const busy = sum(Object.entries(costs) as [Unit, number][], ([unit, ms]) => rates[unit] * peakOf(unit, given) * ms);
  // All connect again in the busiest hour.
  const storm = (chargers / (given.reconnectMinutes * 60)) * reconnection;
  const cores = (busy + storm) / 1000 / given.utilisation;
  const base = MEMORY_MB[name] ?? 0;
  if (SERVERS.includes(name)) return { name, cores, memoryMb: base, connections: 0 };
  const sockets = name === 'chargers' ? chargers / given.chargersPerReplica : 0;
  const replicas = Math.max(LEAST_REPLICAS, Math.ceil(cores / CORES_PER_REPLICA), Math.ceil(sockets));
  const memoryMb = replicas * base + (name === 'chargers' ? (chargers * CONNECTION_BYTES) / MIB : 0);
  return { name, cores, replicas, memoryMb, connections: replicas * (CONNECTIONS_PER_REPLICA[name] ?? 0) };
}

/** Memory for its connections, and for what was stored in the last day, which is what is read and changed. */
function withPostgresMemory(processes: readonly ProcessNeed[], stored: readonly StoredNeed[]): ProcessNeed[] {
  const connections = sum(processes, (one) => one.connections);
  const recentMb = sum(stored, ({ dailyGib }) => dailyGib) * 1024;
  return processes.map((one) =>
    one.name === 'postgres' ? { ...one, memoryMb: connections * CONNECTION_MB + recentMb } : one,
  );
}

function storedOf(service: string, rates: Rates): StoredNeed {
  const tables = STORED.filter((table) => table.service === service);
  const gib = (bytes: number): number => bytes / 1024 ** 3;
  const daily = ({ unit, rows, bytes }: (typeof STORED)[number]): number => rates[unit] * DAY_S * rows * bytes;
  const kept = tables.filter(({ days }) => days === undefined);
  const rolling = tables.filter(({ days }) => days !== undefined);
  return {
    service,
    monthlyGib: gib(sum(kept, daily) * MONTH_DAYS),
    dailyGib: gib(sum(tables, daily)),
    rollingGib: gib(sum(rolling, (table) => daily(table) * (table.days ?? 0))),
  };
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((all, one) => all + of(one), 0);
