import { userOperators } from '@open-cpo/contracts';
import { type Command, idOf, type Options, UsageError } from '../command';
import type { Desk } from '../desk';

const about = {
  takes: ['user'],
  options: { reason: 'why, for the audit log' },
  required: ['reason'],
} as const;

const inputOf = (desk: Desk, user: string | undefined, { reason = '' }: Options) => ({
  userId: idOf(user, 'A user’s id'),
  reason,
  by: desk.by,
});

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

async function endAll(desk: Desk, reason: string): Promise<number> {
  let users = 0;
  for (let after: number | null | undefined; after !== null;) {
    const part = await desk.ask(userOperators.endAllSessions, { after, reason, by: desk.by });
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
    async run(desk, [user], options) {
      const rows = await desk.rows(userOperators.exportUser, inputOf(desk, user, options));
      const objects = rows.map(({ section, data }) => `{"section":${JSON.stringify(section)},"data":${data}}`);
      return `[\n${objects.join(',\n')}\n]`;
    },
  },
  {
    ...about,
    name: 'second-factors reset',
    summary: 'Removes all second factors of a user who has lost them, and ends the user’s sessions.',
    async run(desk, [user], options) {
      const input = inputOf(desk, user, options);
      const { user_id, totp, passkeys, recovery_codes } = await desk.ask(userOperators.resetSecondFactors, input);
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
    async run(desk, [user], options) {
      if (user === 'all')
        return `The sessions of ${counted(await endAll(desk, options.reason ?? ''), 'user')} have ended.`;
      if (!/^\d+$/.test(user ?? '')) throw new UsageError('"sessions end" needs a user’s id, or "all".');
      const { user_id, sessions } = await desk.ask(userOperators.endUserSessions, inputOf(desk, user, options));
      return `${counted(sessions, 'session')} of user ${user_id} ended.`;
    },
  },
];
