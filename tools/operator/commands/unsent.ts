import { outboxOf, Refusal } from '@open-cpo/contracts';
import { apps } from '../../stack/apps';
import { type Command, idOf, UsageError } from '../command';
import type { Desk } from '../desk';

const services = apps.filter(({ database }) => database).map(({ name }) => name);

async function unsentOf(desk: Desk, service: string): Promise<object[]> {
  try {
    const events = await desk.ask(outboxOf(service).unsent, {});
    return events.map((event) => ({ service, ...event }));
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'unavailable') throw error;
    return [{ service, id: null, kind: null, name: null, reason: 'does not answer', occurred_at: null }];
  }
}

/** What services gave up sending, after trying twenty times. */
export const unsent: readonly Command[] = [
  {
    name: 'unsent list',
    takes: [],
    summary: 'Facts and jobs that a service could not hand over.',
    async run(desk) {
      return (await Promise.all(services.map((service) => unsentOf(desk, service)))).flat();
    },
  },
  {
    name: 'unsent resend',
    takes: ['service', 'id'],
    summary: 'Has the service try one of them again.',
    async run(desk, [service = '', id]) {
      if (!services.includes(service)) throw new UsageError(`The services are ${services.join(', ')}.`);
      await desk.ask(outboxOf(service).resend, { id: idOf(id, 'The id'), by: desk.by });
      return `${service} tries ${id} again.`;
    },
  },
];
