import { keptPayload } from './redaction';

describe('payloads as the log keeps them', () => {
  it('can be stored, wherever they are cut', () => {
    for (const before of ['', 'x']) {
      const kept = keptPayload({ data: before + '😀'.repeat(8000) });
      expect([kept.length, kept.isWellFormed()]).toEqual([8000, true]);
    }
    expect(keptPayload({ data: 'a\u0000b', path: '\\u0000' })).toBe('{"data":"ab","path":"\\\\u0000"}');
  });
});
