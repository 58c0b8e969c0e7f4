/** What the load consists of. */
export type Unit = 'session' | 'reading' | 'heartbeat' | 'request';
type Costs = Readonly<Partial<Record<Unit | 'reconnection', number>>>;

export const MEASURED =
  'sessions and readings by `npm run capacity -- --sessions 300` on 2026-12-01, on two cores that other work used at the same time (load 7 to 10); chargers and requests from [benchmarks](benchmarks.md)';

/**
 * Milliseconds of CPU. Heartbeats, readings as OCPP messages and reconnections: docs/benchmarks.md, chargers; requests: the mean of the
 * four reads there. What sessions and readings cost behind the service of chargers was measured by `npm run capacity`. A
 * session has seven further OCPP messages (card, begin, end, four statuses), each counted as a reading at its service.
 */
export const CPU_MS: Readonly<Record<string, Costs>> = {
  gateway: { session: 0.52, reading: 0.016, request: 0.36 },
  auth: { session: 0.76, reading: 0.025 },
  stations: { session: 1.4, reading: 0.115, request: 0.22, reconnection: 0.3 },
  workforce: { session: 2.82, reading: 0.046 },
  orders: { session: 2.8, reading: 0.138, request: 0.28 },
  payouts: { session: 1.69 },
  notifications: { session: 1.74, reading: 0.039 },
  chargers: { session: 3.66, reading: 0.307, heartbeat: 0.069, reconnection: 2.0 },
  worker: { session: 0.43, reading: 0.022 },
  postgres: { session: 23.29, reading: 0.36, heartbeat: 0.029, request: 0.2, reconnection: 1.7 },
  nats: { session: 4.53, reading: 0.142, request: 0.15, reconnection: 0.3 },
};

/** Resident MB of a process under load (docs/operations.md#scaling). */
export const MEMORY_MB: Readonly<Record<string, number>> = {
  gateway: 155,
  auth: 110,
  stations: 155,
  workforce: 110,
  orders: 256,
  payouts: 110,
  notifications: 110,
  chargers: 198,
  worker: 155,
  nats: 256,
};

/** Bytes of a charger's connection (docs/benchmarks.md), and of its rows with power center, connectors and indexes. */
export const CONNECTION_BYTES = 27_200;
export const CHARGER_BYTES = 6000;

/** `DATABASE_POOL`, four for streams, one for leadership, two for exports; a worker and a gateway have none. */
export const CONNECTIONS_PER_REPLICA: Readonly<Record<string, number>> = {
  auth: 13,
  stations: 13,
  workforce: 13,
  orders: 13,
  payouts: 13,
  notifications: 13,
  chargers: 13,
};
/** Memory of PostgreSQL for a connection. */
export const CONNECTION_MB = 8;
/** What is on disk beyond tables and indexes: dead rows, free space of pages. */
export const DISK_FACTOR = 1.3;

interface Stored {
  readonly service: string;
  readonly table: string;
  readonly unit: Unit;
  /** Rows that one unit adds. */
  readonly rows: number;
  /** Of a row, with its indexes. */
  readonly bytes: number;
  /** Days after which it is deleted; absent: kept. */
  readonly days?: number;
}

/** Rows of tables as `npm run capacity` counted them; tables with less than a row for fifty units are left out. */
export const STORED: readonly Stored[] = [
  { service: 'notifications', table: 'events', unit: 'session', rows: 2.01, bytes: 470, days: 7 },
  { service: 'notifications', table: 'events', unit: 'reading', rows: 0.09, bytes: 470, days: 7 },
  { service: 'notifications', table: 'inbox', unit: 'session', rows: 2.01, bytes: 211, days: 30 },
  { service: 'notifications', table: 'inbox', unit: 'reading', rows: 0.09, bytes: 211, days: 30 },
  { service: 'orders', table: 'inbox', unit: 'session', rows: 2.01, bytes: 204, days: 30 },
  { service: 'orders', table: 'inbox', unit: 'reading', rows: 1.0, bytes: 204, days: 30 },
  { service: 'orders', table: 'orders', unit: 'session', rows: 1.0, bytes: 1761 },
  { service: 'orders', table: 'outbox', unit: 'session', rows: 2.0, bytes: 645, days: 7 },
  { service: 'orders', table: 'outbox', unit: 'reading', rows: 0.09, bytes: 645, days: 7 },
  { service: 'orders', table: 'session_readings', unit: 'reading', rows: 1.0, bytes: 166, days: 180 },
  { service: 'orders', table: 'sessions', unit: 'session', rows: 1.0, bytes: 600 },
  { service: 'payouts', table: 'ledger_postings', unit: 'session', rows: 2.73, bytes: 179 },
  { service: 'payouts', table: 'ledger_transactions', unit: 'session', rows: 1.0, bytes: 217 },
  { service: 'stations', table: 'charge_point_orders', unit: 'session', rows: 1.0, bytes: 210 },
  { service: 'stations', table: 'outbox', unit: 'session', rows: 0.52, bytes: 645, days: 7 },
  { service: 'stations', table: 'outbox', unit: 'reading', rows: 0.04, bytes: 645, days: 7 },
  { service: 'workforce', table: 'inbox', unit: 'session', rows: 1.0, bytes: 258, days: 30 },
  // Two rows, a call and its answer, for each OCPP message; seven messages of a session beside its readings.
  { service: 'chargers', table: 'messages', unit: 'session', rows: 14, bytes: 406, days: 7 },
  { service: 'chargers', table: 'messages', unit: 'reading', rows: 2, bytes: 406, days: 7 },
];

/** A stored message comes in, is acknowledged, and goes to three consumers, which acknowledge it. */
const STREAM_HOPS = 8;

/** Messages and bytes through NATS; a request is a call with its answer. */
export const NATS: readonly (readonly [Unit, { readonly messages: number; readonly bytes: number }])[] = [
  ['session', { messages: 4.55 * STREAM_HOPS, bytes: 2654 * STREAM_HOPS }],
  ['reading', { messages: 1.12 * STREAM_HOPS, bytes: 381 * STREAM_HOPS }],
  ['request', { messages: 2, bytes: 8000 }],
];
