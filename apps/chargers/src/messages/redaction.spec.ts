import { isSecretKey, keptMalformed, keptPayload } from './redaction';

describe('payloads as the log keeps them', () => {
  it('can be stored, wherever they are cut', () => {
    for (const before of ['', 'x']) {
      const kept = keptPayload({ data: before + '😀'.repeat(8000) });
      expect([kept.length, kept.isWellFormed()]).toEqual([8000, true]);
    }
    expect(keptPayload({ data: 'a\u0000b', path: '\\u0000' })).toBe('{"data":"ab","path":"\\\\u0000"}');
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
