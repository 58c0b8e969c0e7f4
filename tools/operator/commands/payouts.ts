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
    async run(operatorConsole) {
      const { transactions, postings, discrepancy } = await operatorConsole.ask(payoutsOperators.prove, {});
      if (discrepancy) throw new Error(`The ledger does not agree: ${discrepancy}.`);
      const compared = await compareOrders(operatorConsole);
      if (compared.discrepancy) throw new Error(`The ledger does not agree with the orders: ${compared.discrepancy}.`);
      return `${transactions} transactions with ${postings} postings agree, also with ${compared.orders} completed orders.`;
    },
  },
  {
    name: 'payouts pending',
    takes: [],
    summary: 'Payouts that are not settled, oldest first.',
    run: (operatorConsole) => operatorConsole.ask(payoutsOperators.pending, {}),
  },
  {
    name: 'payouts recipient',
    takes: ['id'],
    summary: 'Whom a payout goes to; the audit log remembers who looked.',
    async run(operatorConsole, [id]) {
      return [await operatorConsole.ask(payoutsOperators.recipient, { id: number(id), by: operatorConsole.by })];
    },
  },
  {
    name: 'payouts confirm',
    takes: ['id'],
    options: { reference: 'the bank’s reference of the transfer' },
    required: ['reference'],
    summary: 'The bank transfer was made.',
    async run(operatorConsole, [id], { reference = '' }) {
      const { status } = await operatorConsole.ask(payoutsOperators.confirm, {
        id: number(id),
        reference,
        by: operatorConsole.by,
      });
      return `Payout ${id} is ${status}.`;
    },
  },
  {
    name: 'payouts reject',
    takes: ['id'],
    options: { reason: 'why, for the owner to read' },
    required: ['reason'],
    summary: 'The bank transfer cannot be made; the money is the owner’s again.',
    async run(operatorConsole, [id], { reason = '' }) {
      const { status } = await operatorConsole.ask(payoutsOperators.reject, {
        id: number(id),
        reason,
        by: operatorConsole.by,
      });
      return `Payout ${id} is ${status}.`;
    },
  },
];
