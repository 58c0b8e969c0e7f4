import { Client } from 'pg';
import { say, step } from '../../tools/stack/terminal';
import { Connection } from '../measure/connection';
import { median } from '../measure/statistics';
import type { Case } from '../reads/cases';
import { measure, totalCpu } from '../reads/measured';
import { platformTarget, type ReadsOptions } from '../reads/reads';
import type { BenchStack } from '../stack/bench-stack';
import { loadOrders, tokenOf } from '../stack/people';

/** Orders with which the platform is small. */
const FEW = 10_000;
/** What a request may cost with many orders, relative to few, at most. */
export const MOST = 1.3;

export interface FlatResults {
  readonly orders: number;
  /** Milliseconds of CPU for one request, by case, with few orders and with many. */
  readonly costs: ReadonlyMap<string, { readonly few: number; readonly many: number }>;
}

/** What the same reads cost one owner with few orders, and with many. */
export async function flatBench(stack: BenchStack, options: ReadsOptions): Promise<FlatResults> {
  const token = await tokenOf(stack);
  const cases = casesFor(token);
  await grow(stack, FEW);
  const few = await costs(stack, cases, options);
  await grow(stack, options.orders - FEW);
  const many = await costs(stack, cases, options);
  const both = cases.map(({ name }) => [name, { few: few.get(name) ?? 0, many: many.get(name) ?? 0 }] as const);
  return { orders: options.orders, costs: new Map(both) };
}

function casesFor(token: string): Case[] {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const get = (name: string, path: string): Case => ({ name, asking: { method: 'GET', path, headers } });
  const dearest = encodeURIComponent(JSON.stringify([{ key: 'price', order: 'desc' }]));
  return [
    get('orders page', '/api/orders'),
    get('page 20', '/api/orders?page=20'),
    get('sorted by price', `/api/orders?sortBy=${dearest}`),
    get('one order', '/api/orders/1'),
  ];
}

async function grow(stack: BenchStack, orders: number): Promise<void> {
  await step(`Loading ${orders} orders`, () => loadOrders(stack, orders));
  const database = new Client({ connectionString: stack.databaseUrl('orders') });
  await database.connect();
  // What a database that lives does by itself in the course of time.
  await step('Vacuum', () => database.query('vacuum analyze'));
  await database.end();
}

async function costs(stack: BenchStack, cases: readonly Case[], options: ReadsOptions): Promise<Map<string, number>> {
  const target = platformTarget(stack, 'platform', stack.plainGatewayPort, 'gateway');
  const all = new Map(cases.map(({ name }) => [name, [] as number[]]));
  const connections = await Promise.all(
    Array.from({ length: options.connections }, () => Connection.open(target.port)),
  );
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const one of cases) {
      const measured = await measure(target, one, connections, { ...options, open: 0 });
      all.get(one.name)?.push(totalCpu(measured));
      say(
        `  ${round}. ${one.name}: ${totalCpu(measured).toFixed(3)} ms CPU each${measured.failed ? `, ${measured.failed} failed` : ''}`,
      );
    }
  }
  connections.forEach((connection) => connection.close());
  return new Map([...all].map(([name, list]) => [name, median(list)]));
}

export function flatReport({ orders, costs: all }: FlatResults): string {
  const rows = [...all].map(([name, { few, many }]) => {
    const ratio = many / few;
    return `| ${name} | ${few.toFixed(2)} | ${many.toFixed(2)} | ${ratio.toFixed(2)} ${ratio <= MOST ? '✓' : '✗'} |`;
  });
  return [
    `| Read | CPU ms with ${FEW} orders | with ${orders} | ratio (≤ ${MOST}) |`,
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
