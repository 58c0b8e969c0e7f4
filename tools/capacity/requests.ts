import type { Api } from '../demo/api';
import { type Cost, costsOf, peaksOf } from './costs';
import { read, READS } from './reads';

/** Requests of each kind, after as many that only warm up. */
const REQUESTS = 200;

/** What requests cost the processes of the running platform, and their memory, as tables of Markdown. */
export async function requestTables(api: Api, processes: readonly (readonly [string, string])[]): Promise<string[]> {
  const lines: string[] = [
    '| Request | CPU ms at the gateway | CPU ms at its service | Requests a core-second |',
    '|---|---|---|---|',
  ];
  const idle = await costsOf(processes);
  const looks: Cost[][] = [idle];
  for (const [name, path] of READS) {
    await read(api, path, REQUESTS);
    const before = await costsOf(processes);
    await read(api, path, REQUESTS);
    const last = await costsOf(processes);
    looks.push(before, last);
    const spent = (app: (name: string) => boolean): number =>
      last.reduce((sum, { app: one, cpu }, index) => (app(one) ? sum + cpu - (before[index]?.cpu ?? 0) : sum), 0);
    const gateway = (spent((app) => app === 'gateway') * 1000) / REQUESTS;
    const services = (spent((app) => app !== 'gateway') * 1000) / REQUESTS;
    lines.push(
      `| ${name} | ${gateway.toFixed(2)} | ${services.toFixed(2)} | ${Math.round(1000 / (gateway + services))} |`,
    );
  }
  return [...lines, '', ...memoryTable(idle, peaksOf(looks))];
}

/** What each process held before anything was asked of it, and at most. */
function memoryTable(idle: readonly Cost[], peaks: ReadonlyMap<string, number>): string[] {
  const rows = idle.map(({ app, memory, connections }) => {
    const [before, most] = [memory, peaks.get(app) ?? memory].map((bytes) => Math.round(bytes / 1e6));
    return `| ${app} | ${before} | ${most} | ${connections === 0 ? '–' : connections + 1} |`;
  });
  return [
    '| Process | Memory before, MB | At most, MB | Connections to PostgreSQL, at most |',
    '|---|---|---|---|',
    ...rows,
  ];
}
