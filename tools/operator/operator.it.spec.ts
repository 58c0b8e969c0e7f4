import { Controller } from '@nestjs/common';
import {
  type AccountCommand,
  type AccountState,
  type AuditPart,
  authOperators,
  type CurrencyRate,
  type FailingItem,
  type DeletedUser,
  type DeleteUser,
  type HandlersOf,
  outboxOf,
  Refusal,
  type Replayed,
  type Retained,
  type Resent,
  type ResendEvent,
  type SetRate,
  type UnsentEvent,
  type WaitingEvent,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { environment } from '@open-cpo/platform';
import { startTestService, type TestBroker, testBroker, type TestService } from '@open-cpo/testing';
import { operator } from './operator';

const heard: object[] = [];

@Controller()
class Auth implements HandlersOf<typeof authOperators> {
  @Handles(authOperators.rates)
  async rates(): Promise<CurrencyRate[]> {
    return [{ code: 'DZD', decimals: 2, rate: '136.209406', updated_at: '2025-05-12T00:00:00.000Z' }];
  }

  @Handles(authOperators.setRate)
  async setRate({ by, code, rate }: SetRate): Promise<CurrencyRate> {
    heard.push({ by, code, rate });
    const text = 'The selected code is invalid.';
    if (code !== 'DZD') throw new Refusal('validation_failed', { message: text, fields: { code: [text] } });
    return { code, decimals: 2, rate, updated_at: '' };
  }

  @Handles(authOperators.lockAccount)
  async lockAccount({ accountId, reason }: AccountCommand): Promise<AccountState> {
    heard.push({ accountId, reason });
    if (accountId === 404) throw new Refusal('not_found');
    return { id: accountId, locked: true, users: 2 };
  }

  @Handles(authOperators.unlockAccount)
  async unlockAccount({ accountId }: AccountCommand): Promise<AccountState> {
    return { id: accountId, locked: false, users: 0 };
  }

  @Handles(authOperators.deleteUser)
  async deleteUser({ userId, reason, despiteMoney }: DeleteUser): Promise<DeletedUser> {
    heard.push({ userId, reason, despiteMoney });
    return { user_id: userId, account_id: 3, account_closed: despiteMoney === true };
  }

  @Handles(authOperators.enforceRetention)
  async enforceRetention(): Promise<Retained> {
    return { removed: 4 };
  }
}

const FAILING: FailingItem = {
  sweep: 'emails',
  item: '12',
  failures: 3,
  reason: 'no room',
  failing_since: '2025-05-12T00:00:00.000000Z',
  next_try_at: '2025-05-12T00:08:00.000000Z',
};

const outbox = outboxOf('auth');

@Controller()
class AuthOutbox implements HandlersOf<typeof outbox> {
  @Handles(outbox.unsent)
  async unsent(): Promise<UnsentEvent[]> {
    return [{ id: 12, kind: 'job', name: 'emails', reason: 'no room', occurred_at: '2025-05-12T00:00:00.000000Z' }];
  }

  @Handles(outbox.parked)
  async parked(): Promise<WaitingEvent[]> {
    return [];
  }

  @Handles(outbox.failing)
  async failing(): Promise<FailingItem[]> {
    return [FAILING];
  }

  @Handles(outbox.resend)
  async resend({ id }: ResendEvent): Promise<Resent> {
    return { id };
  }

  @Handles(outbox.replay)
  async replay(): Promise<Replayed> {
    return { rows: 0, next: null };
  }

  @Handles(outbox.proveAudit)
  async proveAudit(): Promise<AuditPart> {
    return { entries: 0, discrepancy: null, next_chain: null, next_seq: null, heads: '' };
  }
}

class AuthModule {}

describe('npm run operator', () => {
  let broker: TestBroker;
  let service: TestService;

  beforeAll(async () => {
    broker = await testBroker();
    const module = { module: AuthModule, controllers: [Auth, AuthOutbox] };
    service = await startTestService({ broker, module, serves: [authOperators, outbox], name: 'auth' });
  });

  afterAll(async () => {
    await service?.stop();
    await broker?.stop();
  });

  beforeEach(() => {
    heard.length = 0;
  });

  const run = (...args: string[]) => operator(args, { natsUrl: broker.url });

  it('prints a table', async () => {
    expect(await run('rates', 'list')).toEqual({
      code: 0,
      out: 'CODE  DECIMALS  RATE        UPDATED AT\nDZD   2         136.209406  2025-05-12T00:00:00.000Z',
    });
  });

  it('erases a user, with a reason', async () => {
    const out = 'User 7 is erased.';
    expect(await run('users', 'delete', '7', '--reason', 'asked')).toEqual({ code: 0, out });
    const closing = await run('users', 'delete', '7', '--reason', 'asked', '--despite-money', 'yes');
    expect(closing.out).toBe('User 7 is erased. Account 3 has ended with it.');
    expect(heard).toEqual([
      { userId: 7, reason: 'asked', despiteMoney: false },
      { userId: 7, reason: 'asked', despiteMoney: true },
    ]);
  });

  it('prints JSON for programs', async () => {
    const { out = '' } = await run('rates', 'list', '--json');
    expect(JSON.parse(out)).toMatchObject([{ code: 'DZD', rate: '136.209406' }]);
  });

  it('sets a rate under the name of who types', async () => {
    expect(await run('rates', 'set', 'dzd', '140')).toEqual({ code: 0, out: 'One US dollar is 140 DZD now.' });
    expect(heard).toEqual([{ by: expect.stringMatching(/^.+@.+$/) as string, code: 'DZD', rate: '140' }]);
  });

  it('locks and unlocks an account and says whom it concerned', async () => {
    expect(await run('account', 'lock', '7', '--reason', 'fraud')).toEqual({
      code: 0,
      out: 'Account 7 is locked; 2 users concerned.',
    });
    expect(heard).toEqual([{ accountId: 7, reason: 'fraud' }]);
    expect((await run('account', 'unlock', '7', '--reason=cleared')).out).toBe('Account 7 was open already.');
  });

  it('lists what services could not send, and which of them do not answer', async () => {
    const { code, out = '' } = await run('unsent', 'list', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ service: 'auth', id: 12, name: 'emails', reason: 'no room' }),
        expect.objectContaining({ service: 'stations', reason: 'does not answer' }),
      ]),
    );
  });

  it('has a service send something again', async () => {
    expect(await run('unsent', 'resend', 'auth', '12')).toEqual({ code: 0, out: 'auth tries 12 again.' });
    expect((await run('unsent', 'resend', 'stations', '12')).code).toBe(1);
    expect(await run('unsent', 'resend', 'nobody', '12')).toMatchObject({
      code: 2,
      error: expect.stringContaining('The services are auth, ') as string,
    });
  });

  it('ends with 1 and the reason when it is refused', async () => {
    expect(await run('rates', 'set', 'XXX', '1')).toEqual({
      code: 1,
      error: 'Refused (validation_failed): The selected code is invalid.',
    });
    expect(await run('account', 'lock', '404', '--reason', 'x')).toEqual({
      code: 1,
      error: 'Refused (not_found): Invalid Resource Requested',
    });
  });

  it.each([
    ['an unknown command', ['rates', 'drop'], 'There is no command "rates drop".'],
    ['a missing value', ['rates', 'set', 'DZD'], '"rates set" needs <rate>.'],
    ['a value too many', ['rates', 'list', 'DZD'], '"rates list" takes no "DZD".'],
    ['a missing option', ['account', 'lock', '7'], '"account lock" needs --reason.'],
    ['an unknown option', ['rates', 'list', '--fast'], "Unknown option '--fast'"],
    ['what is no id', ['account', 'lock', '7x', '--reason', 'x'], 'An account’s id is a positive whole number'],
  ])('ends with 2 and the help after %s', async (_, args, text) => {
    const { code, error } = await run(...args);
    expect(code).toBe(2);
    expect(error).toContain(text);
    expect(error).toContain('Usage: npm run operator');
    expect(heard).toEqual([]);
  });

  it.each([[[]], [['--help']], [['-h']]])('helps (%j)', async (args) => {
    const { code, out } = await operator(args, { natsUrl: 'nats://127.0.0.1:1' });
    expect(code).toBe(0);
    expect(out).toContain('account lock <id> --reason <text>');
    expect(out).toContain('dead-letters list [--consumer <text>]');
  });

  it('helps with one command', async () => {
    const { out } = await run('account', 'lock', '--help');
    expect(out).toContain('--reason  why, for the audit log');
  });

  it('says so when the broker is away', async () => {
    expect(await operator(['rates', 'list'], { natsUrl: 'nats://secret:word@127.0.0.1:1' })).toEqual({
      code: 1,
      error: 'The broker at nats://127.0.0.1:1 does not answer. Does the platform run?',
    });
  });

  it('says so when the broker does not know the credential', async () => {
    const natsUrl = environment().TEST_NATS_URL ?? '';
    const { code, error } = await operator(['rates', 'list'], { natsUrl, user: 'operator', password: 'guessed' });
    expect(code).toBe(1);
    expect(error).toMatch(/does not accept NATS_USER and NATS_PASSWORD\.$/);
    expect(error).not.toContain('guessed');
  });

  it('says so when auth is away', async () => {
    const alone = await testBroker();
    const { code, error } = await operator(['rates', 'list'], { natsUrl: alone.url });
    expect({ code, error }).toEqual({
      code: 1,
      error: 'Refused (service_unavailable): The service is temporarily unavailable.',
    });
    await alone.stop();
  });
});
