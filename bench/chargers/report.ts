import { type Goal, goalTable, markdown } from '../exports/tables';
import { percentile } from '../measure/statistics';
import type { Drain } from './drain';
import type { Held, Storm } from './idle';
import type { Waits } from './owner';
import type { PeerName } from './peers';
import type { Cost } from './processes';
import type { Readings } from './readings';

/** Everything that a run has measured. */
export interface ChargersResults {
  readonly peers: Readonly<Record<PeerName, Held>>;
  readonly own: Held;
  /** Seconds after the last connection until stations showed all as connected. */
  readonly known: number;
  readonly quiet: Cost;
  readonly read: Readings;
  readonly drained: Drain;
  readonly again: Storm;
  /** Events that say a charger has gone. */
  readonly gone: number;
  readonly owner: Waits;
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const perSocket = ({ base, resident, sockets }: Held): number => ((resident - base) * 1024) / sockets;
/** Microseconds of a heartbeat. */
const beat = ({ heartbeats }: Held): number => (1000 * (heartbeats.server + heartbeats.database)) / heartbeats.count;
const own = ({ server, database }: Cost): number => server + database;

function row(name: string, one: Held): string[] {
  const { sockets, base, resident, connecting } = one;
  return [
    name,
    String(sockets),
    (connecting.server / sockets).toFixed(2),
    (connecting.database / sockets).toFixed(2),
    base.toFixed(0),
    resident.toFixed(0),
    perSocket(one).toFixed(1),
    ((1000 * one.heartbeats.server) / one.heartbeats.count).toFixed(0),
    ((1000 * one.heartbeats.database) / one.heartbeats.count).toFixed(0),
  ];
}

const HEAD = [
  'Server',
  'Connections',
  'CPU ms to connect and boot',
  'of its database',
  'MB before',
  'MB with all',
  'kB each',
  'CPU µs a heartbeat',
  'of its database',
];

/** The results, with what was promised beside what was found. */
export function chargersReport(results: ChargersResults): string {
  const { peers, own: platform } = results;
  const rows = [row('open-cpo', platform), ...Object.entries(peers).map(([name, one]) => row(name, one))];
  const goals = [...holding(results), ...returning(results), ...storing(results), ...waiting(results.owner)];
  return `${markdown(HEAD, rows)}\n\n${goalTable(goals)}`;
}

function holding({ peers, own: platform, quiet }: ChargersResults): Goal[] {
  const bare = peers['bare-ws'];
  const { sockets } = platform;
  const share = (100 * own(quiet)) / (1000 * quiet.seconds);
  return [
    {
      what: `${sockets} connections, MB`,
      measured: `${platform.base.toFixed(0)} before`,
      value: platform.resident,
      most: 400,
    },
    {
      what: 'Memory of a connection, times bare ws',
      measured: `${perSocket(platform).toFixed(1)} / ${perSocket(bare).toFixed(1)} kB`,
      value: perSocket(platform) / perSocket(bare),
      most: 2,
    },
    {
      what: 'Idle with heartbeats, % of a core',
      measured: `${ms(quiet.server)} and ${ms(quiet.database)} of its database in ${quiet.seconds.toFixed(0)} s`,
      value: share,
      most: 5,
    },
    {
      what: 'CPU of a heartbeat, times bare ws',
      measured: `${beat(platform).toFixed(0)} / ${beat(bare).toFixed(0)} µs`,
      value: beat(platform) / beat(bare),
      most: 3,
    },
  ];
}

function returning({ again, known, drained, gone }: ChargersResults): Goal[] {
  return [
    {
      what: `Boot answer when ${again.sockets} reconnect in ${again.seconds.toFixed(0)} s, p99 s`,
      measured: `p50 ${ms(again.p50)}, p99 ${ms(again.p99)}`,
      value: again.p99 / 1000,
      most: 10,
    },
    {
      what: 'Refused of them',
      measured: 'with 503; each came again after a second',
      value: again.refused,
      most: 0,
    },
    { what: 'Lost of them', measured: `${again.sockets - again.lost} connected`, value: again.lost, most: 0 },
    {
      what: 'CPU ms of a reconnection, with its database',
      measured: `${ms(again.cost.server / again.sockets)} and ${ms(again.cost.database / again.sockets)}; whole platform ${ms(again.cost.all / again.sockets)}`,
      value: own(again.cost) / again.sockets,
      most: 5,
    },
    { what: 'Seconds until stations knows all', measured: 'after the last one', value: known, most: 120 },
    {
      what: 'Connections not closed with 1001 at a stop',
      measured: `${drained.clean} of ${drained.sockets} over ${drained.seconds.toFixed(1)} s, at most ${drained.most} in a tenth of it`,
      value: drained.sockets - drained.clean,
      most: 0,
    },
    { what: 'Events that a charger has gone', measured: 'stop, start and reconnection', value: gone, most: 0 },
  ];
}

function storing({ read }: ChargersResults): Goal[] {
  const { answered, wrong, cost } = read;
  return [
    {
      what: 'CPU ms of a reading, with its database (1000 a second and core)',
      measured: `${(answered / cost.seconds).toFixed(0)} a second; ${(cost.server / answered).toFixed(2)} and ${(cost.database / answered).toFixed(2)} ms; whole platform ${(cost.all / answered).toFixed(2)} ms`,
      value: own(cost) / answered,
      most: 1,
    },
    { what: 'Readings answered and not stored', measured: `${answered} answered`, value: wrong, most: 0 },
  ];
}

function waiting({ frames, away, opened, priced }: Waits): Goal[] {
  const of = (times: readonly number[], part: number): string =>
    `${times.length}; p50 ${ms(percentile(times, 0.5))}, p${part * 100} ${ms(percentile(times, part))}`;
  return [
    {
      what: 'HTTP to frame, 3 replicas, p99 ms',
      measured: of(frames, 0.99),
      value: percentile(frames, 0.99),
      most: 100,
    },
    {
      what: 'Command without a connection answered, p95 ms',
      measured: of(away, 0.95),
      value: percentile(away, 0.95),
      most: 50,
    },
    { what: 'Card to open order, p95 s', measured: of(opened, 0.95), value: percentile(opened, 0.95) / 1000, most: 3 },
    {
      what: 'Stop to priced order, p95 s',
      measured: of(priced, 0.95),
      value: percentile(priced, 0.95) / 1000,
      most: 3,
    },
  ];
}
