import { outboxOf, Refusal } from '@open-cpo/contracts';
import { apps } from '../../stack/apps';
import { type Command, idOf, UsageError } from '../command';
import type { OperatorConsole } from '../console';

const services = apps.filter(({ database }) => database).map(({ name }) => name);

type Aside = 'parked' | 'failing';

/** What each service has taken aside; one that does not answer is named. */
async function asideOf(operatorConsole: OperatorConsole, service: string, what: Aside): Promise<object[]> {
  try {
    const { parked, failing } = outboxOf(service);
    const rows = what === 'parked' ? await operatorConsole.ask(parked, {}) : await operatorConsole.ask(failing, {});
    return rows.map((row) => ({ service, ...row }));
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'unavailable') throw error;
    return [{ service, reason: 'does not answer' }];
  }
}

const aside = async (operatorConsole: OperatorConsole, what: Aside): Promise<object[]> =>
  (await Promise.all(services.map((service) => asideOf(operatorConsole, service, what)))).flat();

async function unsentOf(operatorConsole: OperatorConsole, service: string): Promise<object[]> {
  try {
    const events = await operatorConsole.ask(outboxOf(service).unsent, {});
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
    async run(operatorConsole) {
      return (await Promise.all(services.map((service) => unsentOf(operatorConsole, service)))).flat();
    },
  },
  {
    name: 'parked list',
    takes: [],
    summary: 'Events that failed and wait for their next try.',
    run: (operatorConsole) => aside(operatorConsole, 'parked'),
  },
  {
    name: 'failing list',
    takes: [],
    summary: 'Items that a sweep could not deal with: sessions, payouts, deliveries.',
    run: (operatorConsole) => aside(operatorConsole, 'failing'),
  },
  {
    name: 'unsent resend',
    takes: ['service', 'id'],
    summary: 'Has the service try one of them again.',
    async run(operatorConsole, [service = '', id]) {
      if (!services.includes(service)) throw new UsageError(`The services are ${services.join(', ')}.`);
      await operatorConsole.ask(outboxOf(service).resend, { id: idOf(id, 'The id'), by: operatorConsole.by });
      return `${service} tries ${id} again.`;
    },
  },
];
