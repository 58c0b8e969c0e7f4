import { SEALING_SERVICES, secretsOf } from '@open-cpo/contracts';
import type { Command } from '../command';
import type { OperatorConsole } from '../console';

interface Totals {
  rows: number;
  resealed: number;
  unreadable: number;
}

async function reseal(operatorConsole: OperatorConsole, service: (typeof SEALING_SERVICES)[number]): Promise<object[]> {
  const byColumn = new Map<string, Totals>();
  for (let after: string | null | undefined; after !== null;) {
    const part = await operatorConsole.ask(secretsOf(service).reseal, { after, by: operatorConsole.by });
    const totals = byColumn.get(part.column) ?? { rows: 0, resealed: 0, unreadable: 0 };
    byColumn.set(part.column, {
      rows: totals.rows + part.rows,
      resealed: totals.resealed + part.resealed,
      unreadable: totals.unreadable + part.unreadable,
    });
    after = part.next;
  }
  return [...byColumn].map(([column, totals]) => ({ service, column, ...totals }));
}

/** What services keep encrypted. */
export const secrets: readonly Command[] = [
  {
    name: 'secrets reseal',
    takes: [],
    summary: 'After a change of SECRETS_KEY: encrypts with it what an older key has encrypted.',
    async run(operatorConsole) {
      const rows: object[] = [];
      for (const service of SEALING_SERVICES) rows.push(...(await reseal(operatorConsole, service)));
      return rows;
    },
  },
];
