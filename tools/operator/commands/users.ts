import { userOperators } from '@open-cpo/contracts';
import { type Command, idOf, type Options, UsageError } from '../command';
import type { OperatorConsole } from '../console';

const about = {
  takes: ['user'],
  options: { reason: 'why, for the audit log' },
  required: ['reason'],
} as const;

const inputOf = (operatorConsole: OperatorConsole, user: string | undefined, { reason = '' }: Options) => ({
  userId: idOf(user, 'A user’s id'),
  reason,
  by: operatorConsole.by,
});

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

async function endAll(operatorConsole: OperatorConsole, reason: string): Promise<number> {
  let users = 0;
  for (let after: number | null | undefined; after !== null;) {
    const part = await operatorConsole.ask(userOperators.endAllSessions, { after, reason, by: operatorConsole.by });
    users += part.users;
    after = part.next;
  }
  return users;
}

/** Users: their data, second factors and sessions. */
export const users: readonly Command[] = [
  {
    ...about,
    name: 'users export',
    summary: 'Prints what is held of a user as JSON: the file that the user gets from POST /api/user/export.',
    async run(operatorConsole, [user], options) {
      const rows = await operatorConsole.rows(userOperators.exportUser, inputOf(operatorConsole, user, options));
      const objects = rows.map(({ section, data }) => `{"section":${JSON.stringify(section)},"data":${data}}`);
      return `[\n${objects.join(',\n')}\n]`;
    },
  },
  {
    ...about,
    name: 'second-factors reset',
    summary: 'Removes all second factors of a user who has lost them, and ends the user’s sessions.',
    async run(operatorConsole, [user], options) {
      const input = inputOf(operatorConsole, user, options);
      const { user_id, totp, passkeys, recovery_codes } = await operatorConsole.ask(
        userOperators.resetSecondFactors,
        input,
      );
      const app = totp ? 'an authenticator app, ' : '';
      const removed = `${app}${counted(passkeys, 'passkey')} and ${counted(recovery_codes, 'recovery code')}`;
      return `User ${user_id} has no second factor any more; removed were ${removed}. The user was told by mail.`;
    },
  },
  {
    ...about,
    name: 'sessions end',
    takes: ['user|all'],
    summary: 'Ends all sessions of a user, or of everybody; API keys go on.',
    async run(operatorConsole, [user], options) {
      if (user === 'all')
        return `The sessions of ${counted(await endAll(operatorConsole, options.reason ?? ''), 'user')} have ended.`;
      if (!/^\d+$/.test(user ?? '')) throw new UsageError('"sessions end" needs a user’s id, or "all".');
      const { user_id, sessions } = await operatorConsole.ask(
        userOperators.endUserSessions,
        inputOf(operatorConsole, user, options),
      );
      return `${counted(sessions, 'session')} of user ${user_id} ended.`;
    },
  },
];
