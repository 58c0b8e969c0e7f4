import { join } from 'node:path';
import { Api } from '../demo/api';
import { places } from '../stack/places';
import { StateFile } from '../stack/start/state';
import { say } from '../stack/terminal';
import { type Cost, costsOf, peaksOf } from './costs';
import { read, READS } from './reads';

/** Requests of each kind, after as many that only warm up. */
const REQUESTS = 200;

/** Prints what requests cost the processes of the running platform (npm start), as tables of Markdown. */
async function main(): Promise<void> {
  const { ports } = new StateFile(places(process.cwd()).home).value;
  const url = `http://127.0.0.1:${ports.gateway}`;
  const health = Object.entries(ports).filter(([name]) => name.startsWith('health.'));
  const processes = health.map(([name, port]): [string, string] => [
    name.slice('health.'.length),
    `http://127.0.0.1:${port}/metrics`,
  ]);
  const api = await Api.login(url, 'owner@demo.test', 'Charge-2026!');
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
  lines.push('', ...memoryTable(idle, peaksOf(looks)));
  say(lines.join('\n'));
  say(`\nFrom ${join(process.cwd(), '.data')}, Node ${process.version}.`);
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

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
