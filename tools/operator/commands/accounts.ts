import { authOperators, type AccountState } from '@open-cpo/contracts';
import { type Command, idOf } from '../command';

const options = { reason: 'why, for the audit log' };
const state = { takes: ['id'], options, required: ['reason'] } as const;

const people = (users: number): string => (users === 1 ? '1 user' : `${users} users`);

const sentence = ({ id, locked, users }: AccountState): string => {
  const now = locked ? 'locked' : 'open';
  return users === 0 ? `Account ${id} was ${now} already.` : `Account ${id} is ${now}; ${people(users)} concerned.`;
};

/** Who may work with the platform at all. */
export const accounts: readonly Command[] = [
  {
    ...state,
    name: 'account lock',
    summary: 'Ends all tokens of an account; nobody of it logs in until it is unlocked.',
    async run(operatorConsole, [id], { reason = '' }) {
      const input = { accountId: idOf(id, 'An account’s id'), reason, by: operatorConsole.by };
      return sentence(await operatorConsole.ask(authOperators.lockAccount, input));
    },
  },
  {
    ...state,
    name: 'account unlock',
    summary: 'Lets the people of an account log in again.',
    async run(operatorConsole, [id], { reason = '' }) {
      const input = { accountId: idOf(id, 'An account’s id'), reason, by: operatorConsole.by };
      return sentence(await operatorConsole.ask(authOperators.unlockAccount, input));
    },
  },
];
