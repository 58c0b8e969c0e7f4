import { outboxOf, type Replayed } from '@open-cpo/contracts';
import { apps } from '../../stack/apps';
import type { Command } from '../command';
import type { OperatorConsole } from '../console';
import { resetStreams } from '../streams';

const services = apps.filter(({ database }) => database).map(({ name }) => name);

async function replayed(operatorConsole: OperatorConsole, service: string): Promise<number> {
  let rows = 0;
  for (let after: number | null | undefined; after !== null;) {
    const part: Replayed = await operatorConsole.ask(outboxOf(service).replay, { after, by: operatorConsole.by });
    rows += part.rows;
    after = part.next;
  }
  return rows;
}

/** What services tell each other, after it was lost or belongs to a time that a backup has undone. */
export const facts: readonly Command[] = [
  {
    name: 'facts reset',
    takes: [],
    summary: 'After a backup was restored: forgets all facts, and reads charging events from the first.',
    async run(operatorConsole) {
      const { facts: forgotten, consumers } = await resetStreams(operatorConsole.nats);
      return `${forgotten} facts are forgotten; ${consumers.length} consumers read charging events from the first.`;
    },
  },
  {
    name: 'facts replay',
    takes: [],
    summary: 'Has all services tell again what they told in seven days; who handled it does nothing.',
    async run(operatorConsole) {
      const told: object[] = [];
      for (const service of services) told.push({ service, facts: await replayed(operatorConsole, service) });
      return told;
    },
  },
];
