import { randomBytes } from 'node:crypto';
import { CallKeys } from './call-keys';
import { callerApp, isInboxFor, inboxOf, token } from './inboxes';
import { isSigned, sign } from './signature';

const key = (): string => randomBytes(32).toString('base64');
const call = { subject: 'auth.members.invite', deadline: '1', caller: '{}', body: Buffer.from('{}') };

describe('call keys', () => {
  it('sign with the first key of a pair and accept all of them, so that keys can be rotated', () => {
    const [older, newer] = [key(), key()];
    const pair = (...keys: string[]): CallKeys => CallKeys.read(JSON.stringify({ 'gateway>auth': keys }));
    const signed = (keys: CallKeys): string => sign(keys.signing('gateway', 'auth'), call);
    const steps = [pair(older), pair(older, newer), pair(newer, older), pair(newer)];
    for (let step = 1; step < steps.length; step += 1) {
      const [before, after] = [steps[step - 1], steps[step]] as [CallKeys, CallKeys];
      expect(isSigned(after.accepted('gateway', 'auth'), call, signed(before))).toBe(true);
      expect(isSigned(before.accepted('gateway', 'auth'), call, signed(after))).toBe(true);
    }
    expect(isSigned(pair(newer).accepted('gateway', 'auth'), call, signed(pair(older)))).toBe(false);
  });

  it('prove one app to one service', () => {
    const keys = CallKeys.read(JSON.stringify({ 'gateway>auth': [key()], 'worker>auth': [key()] }));
    const byWorker = sign(keys.signing('worker', 'auth'), call);
    expect(isSigned(keys.accepted('gateway', 'auth'), call, byWorker)).toBe(false);
    expect(() => keys.signing('gateway', 'orders')).toThrow('CALL_KEYS has no key for gateway>orders.');
    expect(keys.accepted('stranger', 'auth')).toEqual([]);
  });

  it('cover operation, deadline, caller and body', () => {
    const keys = CallKeys.read();
    const signature = sign(keys.signing('gateway', 'auth'), call);
    const accepted = keys.accepted('gateway', 'auth');
    expect(isSigned(accepted, call, signature)).toBe(true);
    const changes = [{ subject: 'auth.members.remove' }, { deadline: '2' }, { caller: '{"a":1}' }];
    for (const change of [...changes, { body: Buffer.from('{"a":1}') }]) {
      expect(isSigned(accepted, { ...call, ...change }, signature)).toBe(false);
    }
    for (const forged of ['', 'AAAA', 'not base64 at all']) expect(isSigned(accepted, call, forged)).toBe(false);
  });

  it.each(['{"a>b":["short"]}', '{"a>b":"text"}', 'no JSON'])('are not read from %j', (text) => {
    expect(() => CallKeys.read(text)).toThrow();
  });
});

describe('inboxes', () => {
  it('have tokens of 128 bits that never come again', () => {
    const tokens = Array.from({ length: 2000 }, token);
    expect(new Set(tokens).size).toBe(2000);
    expect(tokens.every((one) => /^[\w-]{22}$/.test(one))).toBe(true);
  });

  it('tell who waits for an answer of whom', () => {
    const reply = `${inboxOf('gateway', 'auth')}abc.def`;
    expect(callerApp('auth', reply)).toBe('gateway');
    expect(isInboxFor('auth', reply)).toBe(true);
    const others = [undefined, '', 'facts.auth.users.changed.1', '$JS.ACK.FACTS.a.1', '_INBOX_gateway.auth', '_R_.x.y'];
    for (const other of [...others, `${inboxOf('gateway', 'orders')}abc`, `x.${reply}`]) {
      expect(callerApp('auth', other)).toBeUndefined();
      expect(isInboxFor('auth', other)).toBe(false);
    }
  });
});
