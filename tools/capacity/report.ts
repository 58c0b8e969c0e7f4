import { DISK_FACTOR, MEASURED } from './measured';
import { type Need, needOf } from './model';
import { type Assumptions, ASSUMPTIONS, SIZES } from './options';

const BEGIN = '<!-- capacity: begin -->';
const END = '<!-- capacity: end -->';

const grouped = (value: number): string => Math.round(value).toLocaleString('en-US');
/** Two digits are more than a model is worth. */
function rounded(value: number): string {
  if (value >= 100) return grouped(Number(value.toPrecision(2)));
  return value >= 10 ? value.toFixed(0) : value.toFixed(value >= 0.1 ? 1 : 2);
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---|').join('')}`,
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
];

const headsOf = (first: string, needs: readonly Need[]): string[] => [
  first,
  ...needs.map(({ chargers }) => `${grouped(chargers)} chargers`),
];
const rowOf = (name: string, needs: readonly Need[], of: (need: Need) => string): string[] => [name, ...needs.map(of)];
const processOf = (need: Need, name: string) => need.processes.find((one) => one.name === name);
const total = (need: Need, of: (one: Need['processes'][number]) => number): number =>
  need.processes.reduce((sum, one) => sum + of(one), 0);

function loadTable(needs: readonly Need[], { peak }: Assumptions): string[] {
  const row = (name: string, of: (need: Need) => string): string[] => rowOf(name, needs, of);
  return table(headsOf('Load', needs), [
    row(
      'sessions a second, average / busiest hour',
      ({ rates }) => `${rounded(rates.session)} / ${rounded(rates.session * peak)}`,
    ),
    row('readings a second, busiest hour', ({ rates }) => rounded(rates.reading * peak)),
    row('heartbeats a second', ({ rates }) => rounded(rates.heartbeat)),
    row('API requests a second, busiest hour', ({ rates }) => rounded(rates.request * peak)),
    row('messages a second through NATS, busiest hour', ({ nats }) => rounded(nats.messages)),
    row('MiB a second through NATS, busiest hour', ({ nats }) => rounded(nats.mib)),
  ]);
}

function coresTable(needs: readonly Need[]): string[] {
  const names = needs[0]?.processes.map(({ name }) => name) ?? [];
  const cell = (name: string) => (need: Need) => {
    const one = processOf(need, name);
    return `${rounded(one?.cores ?? 0)}${one?.replicas === undefined ? '' : ` (${grouped(one.replicas)})`}`;
  };
  return table(headsOf('Cores (replicas)', needs), [
    ...names.map((name) => rowOf(name, needs, cell(name))),
    rowOf('**all**', needs, (need) => `**${rounded(total(need, ({ cores }) => cores))}**`),
  ]);
}

function memoryTable(needs: readonly Need[]): string[] {
  const row = (name: string, of: (need: Need) => string): string[] => rowOf(name, needs, of);
  return table(headsOf('Memory and connections', needs), [
    row('memory of all replicas, GiB', (need) =>
      rounded(total(need, ({ replicas, memoryMb }) => (replicas ? memoryMb : 0)) / 1024),
    ),
    row('memory of PostgreSQL, GiB', (need) => rounded((processOf(need, 'postgres')?.memoryMb ?? 0) / 1024)),
    row('connections to PostgreSQL, at most', (need) => grouped(total(need, ({ connections }) => connections))),
  ]);
}

function diskTable(needs: readonly Need[], { months }: Assumptions): string[] {
  const after = (need: Need, count: number): string => {
    const stored = need.stored.reduce((sum, one) => sum + one.rollingGib + one.monthlyGib * count, 0);
    return `**${rounded((need.fixedGib + stored) * DISK_FACTOR)}**`;
  };
  const cell = (service: string) => (need: Need) => {
    const one = need.stored.find((other) => other.service === service);
    return `${rounded((one?.monthlyGib ?? 0) * DISK_FACTOR)}, ${rounded((one?.rollingGib ?? 0) * DISK_FACTOR)}`;
  };
  return table(headsOf('PostgreSQL on disk, GiB', needs), [
    ...(needs[0]?.stored ?? []).map(({ service }) =>
      rowOf(`${service}: kept a month, and for its time`, needs, cell(service)),
    ),
    rowOf('**all after a month**', needs, (need) => after(need, 1)),
    rowOf(`**all after ${months} months**`, needs, (need) => after(need, months)),
  ]);
}

/** What so many chargers need, as tables of Markdown, with what is assumed. */
export function report(sizes: readonly number[], assumptions: Assumptions): string {
  const needs = sizes.map((chargers) => needOf(chargers, assumptions));
  return [
    `Assumed: ${assumed(assumptions)}.`,
    '',
    ...loadTable(needs, assumptions),
    '',
    ...coresTable(needs),
    '',
    ...memoryTable(needs),
    '',
    ...diskTable(needs, assumptions),
    '',
    `Measured: ${MEASURED}.`,
  ].join('\n');
}

const assumed = (given: Assumptions): string =>
  (Object.keys(ASSUMPTIONS) as (keyof Assumptions)[]).map((key) => `${words(key)} ${given[key]}`).join(', ');
const words = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The page with the table of the default assumptions in it. @throws Error when it has no place for it */
export function withReport(page: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`The page has no "${BEGIN}" and "${END}".`);
  return `${before}${BEGIN}\n\n${report(SIZES, ASSUMPTIONS)}\n\n${END}${after}`;
}
