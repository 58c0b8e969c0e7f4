import { ordersOperators, type OrderState, type PowerCentersRelearned, type Rebuilt } from '@open-cpo/contracts';
import { type Command, idOf, UsageError } from '../command';

const number = (id: string | undefined): number => idOf(id, 'An order’s id');
const optional = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : idOf(text, 'A number of this command');
const reason = 'why, for the audit log';
const STATES = ['open', 'complete', 'taken back'];

const sentence = ({ id, status, price_usd, earning_usd }: OrderState): string =>
  `Order ${id} is ${STATES[status] ?? status}: ${price_usd} USD, of which ${earning_usd} USD are the owner’s.`;

function energyOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}(\.\d{1,3})?$/.test(text)) throw new UsageError(`An energy is a number of Wh, not "${text}".`);
  return Number(text);
}

/** Charging sessions that were not what they seemed, and what is counted of all. */
export const orders: readonly Command[] = [
  {
    name: 'orders reverse',
    takes: ['id'],
    options: { reason },
    required: ['reason'],
    summary: 'Takes a completed order back whole: sums, earning and cash.',
    async run(operatorConsole, [id], { reason = '' }) {
      return sentence(
        await operatorConsole.ask(ordersOperators.reverse, { orderId: number(id), reason, by: operatorConsole.by }),
      );
    },
  },
  {
    name: 'orders correct',
    takes: ['id'],
    options: {
      reason,
      started: 'when it really began, ISO 8601',
      ended: 'when the session really ended, ISO 8601',
      energy: 'what it really took, in Wh',
    },
    required: ['reason'],
    summary: 'Completes an order anew, whatever its state, by the prices that were in force.',
    async run(operatorConsole, [id], { reason = '', started, ended, energy }) {
      const about = { orderId: number(id), reason, by: operatorConsole.by };
      const input = { ...about, started_at: started, ended_at: ended, energy_wh: energyOf(energy) };
      return sentence(await operatorConsole.ask(ordersOperators.correct, input));
    },
  },
  {
    name: 'orders held',
    takes: [],
    options: {
      after: 'orders with greater ids',
      limit: 'at most so many (100)',
      flag: 'those with this flag, held or not',
    },
    summary: 'Orders that wait for an operator, because their session is not plausible.',
    async run(operatorConsole, _, { after, limit, flag }) {
      const page = { after: optional(after), limit: optional(limit), flag };
      const { orders: held } = await operatorConsole.ask(ordersOperators.held, { ...page, by: operatorConsole.by });
      return held.map(({ flags, ...order }) => ({ ...order, flags: flags.join(' ') }));
    },
  },
  {
    name: 'orders release',
    takes: ['id'],
    options: { reason },
    required: ['reason'],
    summary: 'Lets a held order go on as its session told it.',
    async run(operatorConsole, [id], { reason = '' }) {
      return sentence(
        await operatorConsole.ask(ordersOperators.release, { orderId: number(id), reason, by: operatorConsole.by }),
      );
    },
  },
  {
    name: 'orders settle',
    takes: ['id'],
    options: { reason },
    required: ['reason'],
    summary: 'Completes an order that is not complete, whatever its state, by what its session told so far.',
    async run(operatorConsole, [id], { reason = '' }) {
      return sentence(
        await operatorConsole.ask(ordersOperators.settle, { orderId: number(id), reason, by: operatorConsole.by }),
      );
    },
  },
  {
    name: 'orders void',
    takes: ['id'],
    options: { reason },
    required: ['reason'],
    summary: 'Ends an order, whatever its state, that nothing is to be paid for.',
    async run(operatorConsole, [id], { reason = '' }) {
      return sentence(
        await operatorConsole.ask(ordersOperators.void, { orderId: number(id), reason, by: operatorConsole.by }),
      );
    },
  },
  {
    name: 'orders rebuild',
    takes: [],
    summary: 'Counts orders, feedback and earnings of all accounts and power centers anew.',
    async run(operatorConsole) {
      let [rows, corrected] = [0, 0];
      for (let after: string | null | undefined; after !== null;) {
        const part: Rebuilt = await operatorConsole.ask(ordersOperators.rebuild, { after, by: operatorConsole.by });
        rows += part.rows;
        corrected += part.corrected;
        after = part.next;
      }
      return `${corrected} of ${rows} accounts and power centers were counted wrongly; all are right now.`;
    },
  },
  {
    name: 'orders relearn',
    takes: [],
    summary: 'Has stations tell again what all power centers are, for orders to show.',
    async run(operatorConsole) {
      let [rows, corrected] = [0, 0];
      for (let after: number | null | undefined; after !== null;) {
        const part: PowerCentersRelearned = await operatorConsole.ask(ordersOperators.relearn, {
          after,
          by: operatorConsole.by,
        });
        rows += part.rows;
        corrected += part.corrected;
        after = part.next;
      }
      return `${rows} power centers are as stations has them; ${corrected} were not.`;
    },
  },
];
