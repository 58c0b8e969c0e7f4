import { type ChargersResults, chargersReport } from './report';

const cost = { seconds: 10, server: 100, database: 50, all: 300 };
const one = (resident: number, heartbeat: number) => ({
  ...{ sockets: 1024, base: 100, resident, connecting: cost },
  heartbeats: { ...cost, server: heartbeat, database: 0, count: 1000 },
});

const results: ChargersResults = {
  peers: { 'bare-ws': one(110, 100), 'ocpp-rpc': one(120, 200) },
  own: one(115, 250),
  known: 3,
  quiet: { ...cost, server: 300, database: 100 },
  read: { answered: 200, wrong: 0, cost },
  drained: { sockets: 1024, clean: 1024, seconds: 4, most: 110 },
  again: { sockets: 1024, seconds: 6, refused: 0, lost: 0, p50: 20, p99: 90, cost },
  gone: 0,
  owner: { frames: [10, 20, 30], away: [5], opened: [100], priced: [200, 4000] },
};

describe('the results of chargers', () => {
  const text = chargersReport(results);

  it('have the cost of a connection and of a heartbeat for each server', () => {
    expect(text).toContain('| open-cpo | 1024 | 0.10 | 0.05 | 100 | 115 | 15.0 | 250 | 0 |');
    expect(text).toContain('| bare-ws | 1024 | 0.10 | 0.05 | 100 | 110 | 10.0 | 100 | 0 |');
  });

  it.each([
    ['1024 connections, MB', '115.00 | 400 | met'],
    ['Memory of a connection, times bare ws', '1.50 | 2 | met'],
    ['Idle with heartbeats, % of a core', '4.00 | 5 | met'],
    ['CPU of a heartbeat, times bare ws', '2.50 | 3 | met'],
    ['Boot answer when 1024 reconnect in 6 s, p99 s', '0.09 | 10 | met'],
    ['CPU ms of a reading, with its database (1000 a second and core)', '0.75 | 1 | met'],
    ['HTTP to frame, 3 replicas, p99 ms', '30.00 | 100 | met'],
    ['Stop to priced order, p95 s', '4.00 | 3 | **missed**'],
  ])('say what was promised, and whether it was met: %s', (goal, rest) => {
    const line = text.split('\n').find((row) => row.startsWith(`| ${goal} |`));
    expect(line).toMatch(new RegExp(`${rest.replace(/[|*.]/g, '\\$&')} \\|$`));
  });
});
