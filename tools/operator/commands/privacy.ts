import { authOperators, workforceOperators } from '@open-cpo/contracts';
import { type Command, idOf } from '../command';

/** Personal data: of one person, and what is past its time. */
export const privacy: readonly Command[] = [
  {
    name: 'users delete',
    takes: ['user'],
    options: {
      reason: 'why, for the audit log',
      'despite-money': 'yes: although the account that ends has an open balance or a payout that waits',
    },
    required: ['reason'],
    summary: 'Erases a user at once; with the last owner the account ends.',
    async run(operatorConsole, [user], { reason = '', 'despite-money': despite }) {
      const input = {
        userId: idOf(user, 'A user’s id'),
        reason,
        despiteMoney: despite === 'yes',
        by: operatorConsole.by,
      };
      const { user_id, account_id, account_closed } = await operatorConsole.ask(authOperators.deleteUser, input);
      const account = account_closed ? ` Account ${account_id} has ended with it.` : '';
      return `User ${user_id} is erased.${account}`;
    },
  },
  {
    name: 'retention run',
    takes: [],
    summary: 'Removes and erases now what is past its retention period.',
    async run(operatorConsole) {
      const asked = { by: operatorConsole.by };
      const [auth, workforce] = await Promise.all([
        operatorConsole.ask(authOperators.enforceRetention, asked),
        operatorConsole.ask(workforceOperators.enforceRetention, asked),
      ]);
      return [
        { service: 'auth', removed: auth.removed },
        { service: 'workforce', removed: workforce.removed },
      ];
    },
  },
];
