import { Controller } from '@nestjs/common';
import {
  type AllSessionsEnded,
  type EndAllSessions,
  type FactorsReset,
  type HandlersOf,
  type PersonalRow,
  type SessionsEnded,
  type UserCommand,
  userOperators,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { startTestService, type TestBroker, testBroker, type TestService } from '@open-cpo/testing';
import { operator } from './operator';

const ROWS: readonly PersonalRow[] = Array.from({ length: 3000 }, (_, id) => ({
  section: id === 0 ? 'user' : 'audit entry',
  data: JSON.stringify({ id, text: 'x'.repeat(600) }),
}));
const heard: object[] = [];

@Controller()
class Users implements HandlersOf<typeof userOperators> {
  @Handles(userOperators.exportUser)
  async *exportUser({ userId, reason }: UserCommand): AsyncGenerator<PersonalRow> {
    heard.push({ userId, reason });
    yield* ROWS;
  }

  @Handles(userOperators.resetSecondFactors)
  async resetSecondFactors({ userId: user_id }: UserCommand): Promise<FactorsReset> {
    return { user_id, account_id: 3, totp: true, passkeys: 1, recovery_codes: 9 };
  }

  @Handles(userOperators.endUserSessions)
  async endUserSessions({ userId: user_id }: UserCommand): Promise<SessionsEnded> {
    return { user_id, account_id: 3, sessions: 2 };
  }

  @Handles(userOperators.endAllSessions)
  async endAllSessions({ after, reason }: EndAllSessions): Promise<AllSessionsEnded> {
    heard.push({ after: after ?? 0, reason });
    return after ? { users: 3, next: null } : { users: 200, next: 417 };
  }
}

class UsersModule {}

describe('operator commands about users', () => {
  let broker: TestBroker;
  let service: TestService;

  beforeAll(async () => {
    broker = await testBroker();
    const module = { module: UsersModule, controllers: [Users] };
    service = await startTestService({ broker, module, serves: [userOperators], name: 'auth' });
  });

  afterAll(async () => {
    await service?.stop();
    await broker?.stop();
  });

  beforeEach(() => void (heard.length = 0));

  const run = (...args: string[]) => operator(args, { natsUrl: broker.url });

  it('print what is held of a user as one JSON file, however long it is', async () => {
    const { code, out = '' } = await run('users', 'export', '7', '--reason', 'asked');
    expect(code).toBe(0);
    const file = JSON.parse(out) as { section: string; data: object }[];
    expect(file).toHaveLength(ROWS.length);
    expect(file[1]).toEqual({ section: 'audit entry', data: { id: 1, text: 'x'.repeat(600) } });
    expect(heard).toEqual([{ userId: 7, reason: 'asked' }]);
  });

  it('reset second factors and say what was removed', async () => {
    expect(await run('second-factors', 'reset', '7', '--reason', 'lost phone')).toEqual({
      code: 0,
      out: 'User 7 has no second factor any more; removed were an authenticator app, 1 passkey and 9 recovery codes. The user was told by mail.',
    });
  });

  it('end the sessions of one user, or of everybody part by part', async () => {
    expect((await run('sessions', 'end', '7', '--reason', 'stolen')).out).toBe('2 sessions of user 7 ended.');
    expect((await run('sessions', 'end', 'all', '--reason', 'leak')).out).toBe('The sessions of 203 users have ended.');
    expect(heard).toEqual([
      { after: 0, reason: 'leak' },
      { after: 417, reason: 'leak' },
    ]);
    expect((await run('sessions', 'end', 'everybody', '--reason', 'leak')).code).toBe(2);
    expect((await run('sessions', 'end', '7')).code).toBe(2);
  });
});
