import { outboxOf } from '@open-cpo/contracts';
import { apps } from '../../stack/apps';
import type { Command } from '../command';
import type { OperatorConsole } from '../console';

const services = apps.filter(({ database }) => database).map(({ name }) => name);

interface Proved {
  readonly service: string;
  readonly entries: number;
  readonly heads: string;
}

/** @throws Error that names the first entry that does not agree */
async function proved(operatorConsole: OperatorConsole, service: string): Promise<Proved> {
  const { proveAudit } = outboxOf(service);
  let entries = 0;
  let from: { chain?: number; seq?: number } = {};
  for (;;) {
    const part = await operatorConsole.ask(proveAudit, from);
    entries += part.entries;
    if (part.discrepancy) throw new Error(`The audit log of ${service} does not agree: ${part.discrepancy}.`);
    if (part.next_chain === null || part.next_seq === null) return { service, entries, heads: part.heads ?? '' };
    from = { chain: part.next_chain, seq: part.next_seq };
  }
}

/** The audit logs of all services. */
export const audit: readonly Command[] = [
  {
    name: 'audit prove',
    takes: [],
    summary: 'Proves by their hashes that no entry of an audit log was changed, removed or put in between.',
    async run(operatorConsole) {
      const all: Proved[] = [];
      for (const service of services) all.push(await proved(operatorConsole, service));
      return all;
    },
  },
];
