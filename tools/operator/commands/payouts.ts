import { payoutsOperators } from '@open-cpo/contracts';
import { type Command, idOf } from '../command';
import { compareOrders } from '../ledger-orders';

const number = (id: string | undefined): number => idOf(id, 'A payout’s id');

/** The ledger, and payouts that are made by hand. */
export const payouts: readonly Command[] = [
  {
    name: 'ledger prove',
    takes: [],
    summary: 'Adds up the whole ledger, compares it with the orders, and names the first thing that does not agree.',
    async run(desk) {
      const { transactions, postings, discrepancy } = await desk.ask(payoutsOperators.prove, {});
      if (discrepancy) throw new Error(`The ledger does not agree: ${discrepancy}.`);
      const compared = await compareOrders(desk);
      if (compared.discrepancy) throw new Error(`The ledger does not agree with the orders: ${compared.discrepancy}.`);
      return `${transactions} transactions with ${postings} postings agree, also with ${compared.orders} completed orders.`;
    },
  },
  {
    name: 'payouts pending',
    takes: [],
    summary: 'Payouts that are not settled, oldest first.',
    run: (desk) => desk.ask(payoutsOperators.pending, {}),
  },
  {
    name: 'payouts recipient',
    takes: ['id'],
    summary: 'Whom a payout goes to; the audit log remembers who looked.',
    async run(desk, [id]) {
      return [await desk.ask(payoutsOperators.recipient, { id: number(id), by: desk.by })];
    },
  },
  {
    name: 'payouts confirm',
    takes: ['id'],
    options: { reference: 'the bank’s reference of the transfer' },
    required: ['reference'],
    summary: 'The bank transfer was made.',
    async run(desk, [id], { reference = '' }) {
      const { status } = await desk.ask(payoutsOperators.confirm, { id: number(id), reference, by: desk.by });
      return `Payout ${id} is ${status}.`;
    },
  },
  {
    name: 'payouts reject',
    takes: ['id'],
    options: { reason: 'why, for the owner to read' },
    required: ['reason'],
    summary: 'The bank transfer cannot be made; the money is the owner’s again.',
    async run(desk, [id], { reason = '' }) {
      const { status } = await desk.ask(payoutsOperators.reject, { id: number(id), reason, by: desk.by });
      return `Payout ${id} is ${status}.`;
    },
  },
];
