import fc from 'fast-check';
import { isSecretKey, keptMalformed, keptPayload } from './redaction';

describe('payloads as the log keeps them', () => {
  it('can be stored, wherever they are cut', () => {
    for (const before of ['', 'x']) {
      const kept = keptPayload({ data: before + '😀'.repeat(8000) });
      expect([kept.length, kept.isWellFormed()]).toEqual([8000, true]);
    }
    expect(keptPayload({ data: 'a\u0000b', path: '\\u0000' })).toBe('{"data":"ab","path":"\\\\u0000"}');
  });

  it('are looked at as far as they are kept, however many values they have', () => {
    const tested = jest.spyOn(RegExp.prototype, 'test');
    const names = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`k${n}`, 0]));
    const kept = [keptPayload(names), keptPayload({ data: Array<number>(100_000).fill(0) })];
    const tests = tested.mock.calls.length;
    tested.mockRestore();
    expect(kept).toEqual([JSON.stringify(names).slice(0, 8000), `{"data":[${'0,'.repeat(4000)}`.slice(0, 8000)]);
    expect(tests).toBeLessThan(5000);
  });

  it('are whole, or cut where they are longer', () => {
    const data = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('://'));
    const payloads = fc.record({
      data,
      more: fc.integer({ min: 7900, max: 8000 }).map((length) => 'x'.repeat(length)),
    });
    fc.assert(
      fc.property(payloads, (payload) => {
        const text = JSON.stringify(payload, (key, value: unknown) => (isSecretKey(key) ? '***' : value));
        const storable = text.toWellFormed() === text && !text.includes('\\u0000') && !/\\ud[89a-f]/.test(text);
        fc.pre(storable && !text.includes('"key"') && !text.includes('"variable"'));
        expect(keptPayload(payload)).toBe(text.slice(0, 8000));
      }),
    );
  });

  it.each([
    'AuthKey',
    'WifiPasswd',
    'apn_pwd',
    'WifiPSK',
    'passphrase',
    'SimPin',
    'PIN',
    'pin',
    'simPin2',
    'apiKey',
    'accessToken',
  ])('have no value of %s', (key) => {
    const kept = [keptPayload({ [key]: 'hunter2' }), keptPayload({ configurationKey: [{ key, value: 'hunter2' }] })];
    expect(kept.join()).not.toContain('hunter2');
    expect(keptMalformed(`[3,"1",{"configurationKey":[{"value":"hunter2","key":"${key}"}`)).toBe('***');
  });

  it.each(['idToken', 'groupIdToken', 'mapping', 'Spinning', 'HeartbeatInterval', 'idTag'])('keep %s', (key) => {
    expect(isSecretKey(key)).toBe(false);
  });
});
