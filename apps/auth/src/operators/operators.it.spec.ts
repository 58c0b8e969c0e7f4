import {
  accountLocked,
  accounts,
  authOperators,
  currencies,
  outboxOf,
  ratesChanged,
  sessions,
  userChanged,
} from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { asStranger, until } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD } from '../fixture/auth-under-test';
import { ReceivedEvents } from '../fixture/received-events';

const by = 'sam@desk-3';
const reason = 'chargebacks';
const outbox = outboxOf('auth');

describe('an operator', () => {
  let auth: AuthUnderTest;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth?.stop());

  const rates = () => auth.bus.call(authOperators.rates, {}, internalCaller());
  const setRate = (code: string, rate: string) =>
    auth.bus.call(authOperators.setRate, { code, rate, by }, internalCaller());
  const lock = (accountId: number) =>
    auth.bus.call(authOperators.lockAccount, { accountId, reason, by }, internalCaller());
  const unlock = (accountId: number) =>
    auth.bus.call(authOperators.unlockAccount, { accountId, reason, by }, internalCaller());
  const audited = (action: string) =>
    auth.database.query('select account_id, subject_id, before, after from audit_log where action = $1 order by id', [
      action,
    ]);

  describe('who keeps the rates', () => {
    it('sees them all', async () => {
      const all = await rates();
      expect(all.length).toBeGreaterThan(100);
      expect(all.find(({ code }) => code === 'JOD')).toMatchObject({ decimals: 3, rate: '0.709' });
    });

    it('changes one, and every service is told the whole table', async () => {
      const received = await ReceivedEvents.to(auth.broker, ratesChanged);
      const { revision } = await auth.bus.call(currencies.rates, {}, internalCaller());
      expect(await setRate('DZD', '140.50')).toMatchObject({ code: 'DZD', rate: '140.5' });
      const table = await auth.bus.call(currencies.rates, {}, internalCaller());
      expect(table.revision).toBe(revision + 1);
      expect(table.rates).toMatchObject({ DZD: '140.5', JOD: '0.709' });
      const last = await until(async () => (await received.soFar()).find((one) => one.revision === table.revision));
      expect(last).toEqual(table);
      await received.stop();
    });

    it('leaves a trace with a name', async () => {
      await setRate('EUR', '0.9');
      expect(await audited('currencies.set-rate')).toContainEqual({
        account_id: null,
        subject_id: 'EUR',
        before: { rate: expect.any(String) as string },
        after: { rate: '0.9', by },
      });
    });

    it('gives every change a table of its own, also when many come at once', async () => {
      const { revision } = await auth.bus.call(currencies.rates, {}, internalCaller());
      const codes = ['AED', 'GBP', 'CHF', 'JPY', 'INR', 'TRY', 'EGP', 'MAD'];
      await Promise.all(codes.map((code, index) => setRate(code, `${index + 1}`)));
      const { revision: after, rates: table } = await auth.bus.call(currencies.rates, {}, internalCaller());
      expect(after).toBe(revision + codes.length);
      expect(codes.map((code) => table[code])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    });

    it.each([
      ['a code that there is none of', 'XXX', '2', { code: ['The selected code is invalid.'] }],
      ['a code in another form', 'dzd', '2', { code: ['The code field must be an ISO 4217 code.'] }],
      ['the dollar', 'USD', '2', { code: ['All rates are relative to the US dollar; its own is 1.'] }],
      ['nothing', 'DZD', '0', { rate: ['The rate field must be greater than 0.'] }],
      ['less than nothing', 'DZD', '-1', { rate: ['The rate field must be at least 0.'] }],
      ['what is no number', 'DZD', 'much', { rate: ['The rate field must be a number.'] }],
      ['more decimals than are kept', 'DZD', '0.000000001', { rate: ['The rate field must have 8 decimal places.'] }],
    ])('cannot set %s', async (_, code, rate, fields) => {
      await expect(setRate(code, rate)).rejects.toMatchObject({ code: 'validation_failed', fields });
    });
  });

  describe('who locks an account', () => {
    it('ends its tokens, tells every gateway and lets nobody log in', async () => {
      const owner = await auth.owner();
      const accountId = owner.caller.identity?.accountId ?? 0;
      const received = await ReceivedEvents.to(auth.broker, userChanged);
      expect(await lock(accountId)).toEqual({ id: accountId, locked: true, users: 1 });
      const snapshot = expect.objectContaining({ userId: owner.user.id, active: false }) as unknown;
      expect(await received.soFar()).toContainEqual({ snapshot });
      await received.stop();
      const login = { email: owner.user.email, password: PASSWORD };
      await expect(auth.bus.call(accounts.login, login, asStranger())).rejects.toMatchObject({
        code: 'account_locked',
      });
      const going = await auth.database.query('select 1 from sessions where user_id = $1 and ended_at is null', [
        owner.user.id,
      ]);
      expect(going).toEqual([]);
    });

    it('opens it again', async () => {
      const owner = await auth.owner();
      const accountId = owner.caller.identity?.accountId ?? 0;
      await lock(accountId);
      expect(await unlock(accountId)).toEqual({ id: accountId, locked: false, users: 1 });
      const snapshot = await auth.bus.call(sessions.snapshot, { userId: owner.user.id }, internalCaller());
      expect(snapshot).toMatchObject({ active: true });
      const login = { email: owner.user.email, password: PASSWORD };
      expect(await auth.bus.call(accounts.login, login, asStranger())).toMatchObject({ user: { id: owner.user.id } });
      expect(await audited('accounts.lock')).toContainEqual({
        account_id: accountId,
        subject_id: String(accountId),
        before: { locked: false },
        after: { locked: true, reason, by },
      });
    });

    it('publishes each lock and its end once', async () => {
      const owner = await auth.owner();
      const account_id = owner.caller.identity?.accountId ?? 0;
      const received = await ReceivedEvents.to(auth.broker, accountLocked);
      for (const set of [lock, lock, unlock]) await set(account_id);
      const published = [
        { account_id, locked: true },
        { account_id, locked: false },
      ];
      await until(async () => (await received.soFar()).length === published.length);
      expect(await received.soFar()).toEqual(published);
      await received.stop();
    });

    it('changes nothing by saying it twice', async () => {
      const owner = await auth.owner();
      const accountId = owner.caller.identity?.accountId ?? 0;
      await lock(accountId);
      expect(await lock(accountId)).toEqual({ id: accountId, locked: true, users: 0 });
      const entries = (await audited('accounts.lock')).filter((entry) => entry.subject_id === String(accountId));
      expect(entries).toHaveLength(1);
    });

    it('leaves other accounts alone', async () => {
      const [owner, rival] = [await auth.owner(), await auth.owner()];
      await lock(owner.caller.identity?.accountId ?? 0);
      const snapshot = await auth.bus.call(sessions.snapshot, { userId: rival.user.id }, internalCaller());
      expect(snapshot).toMatchObject({ active: true });
    });

    it('is told of an account that there is not', async () => {
      await expect(lock(2147483647)).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  describe('who looks after what could not be sent', () => {
    it('sees it and has it sent again', async () => {
      const unsent = () => auth.bus.call(outbox.unsent, {}, internalCaller());
      expect(await unsent()).toEqual([]);
      const [row] = await auth.database.query<{ id: number }>(
        `insert into outbox (kind, name, aggregate, key, payload, secret, attempts, dead_at, failed_because)
         values ('fact', 'facts.auth.keys.changed.all', 'keys all', gen_random_uuid(), '{}', false, 20, now(), 'no room')
         returning id`,
      );
      const id = Number(row?.id);
      expect(await unsent()).toMatchObject([
        { id, kind: 'fact', name: 'facts.auth.keys.changed.all', reason: 'no room' },
      ]);
      expect(await auth.bus.call(outbox.resend, { id, by }, internalCaller())).toEqual({ id });
      const sent = () => auth.database.query('select 1 from outbox where id = $1 and sent_at is not null', [id]);
      await until(async () => (await sent()).length === 1);
      expect(await unsent()).toEqual([]);
      await expect(auth.bus.call(outbox.resend, { id, by }, internalCaller())).rejects.toMatchObject({
        code: 'not_found',
      });
    });
  });
});
