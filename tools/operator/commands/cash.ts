import { workforceOperators } from '@open-cpo/contracts';
import { type Command, idOf } from '../command';

/** Cash that workers have taken. */
export const cash: readonly Command[] = [
  {
    name: 'cash correct',
    takes: ['worker'],
    options: {
      amount: 'what is added; --amount=-20 takes 20 away',
      currency: 'where the worker has had cash in several',
      reason: 'why, for the audit log',
    },
    required: ['amount', 'reason'],
    summary: 'Changes the cash on a worker’s hands by what was found when it was counted.',
    async run(operatorConsole, [worker], { amount = '', currency, reason = '' }) {
      const workerId = idOf(worker, 'A worker’s id');
      const input = { workerId, amount, currency: currency?.toUpperCase(), reason, by: operatorConsole.by };
      const now = await operatorConsole.ask(workforceOperators.correct, input);
      return `Worker ${now.worker_id} has ${now.cash_on_hands} ${now.currency} on hands.`;
    },
  },
  {
    name: 'cash till',
    takes: ['account'],
    summary: 'What an account’s workers have handed over, by currency.',
    run: (operatorConsole, [account]) =>
      operatorConsole.ask(workforceOperators.till, { accountId: idOf(account, 'An account’s id') }),
  },
];
