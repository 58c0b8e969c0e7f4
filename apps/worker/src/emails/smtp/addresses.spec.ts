import { Unsendable } from '../letters/unsendable';
import { addressOf, messageId } from './addresses';

describe('a recipient', () => {
  it.each(['ada@example.com', 'a.b+c@sub.example.co', "o'neil@example.com"])('can be %s', (to) => {
    expect(addressOf(to)).toBe(to);
  });

  it.each(['a@b.com,c@d.com', 'a@b.com c@d.com', 'a@b.com\n', 'A <a@b.com>', 'a@b.com\0', 'ada', ''])(
    'cannot be %j',
    (to) => {
      expect(() => addressOf(to)).toThrow(Unsendable);
    },
  );
});

describe('the Message-ID', () => {
  const from = 'Open CPO <no-reply@example.com>';

  it('is the same for the same e-mail', () => {
    expect(messageId(7, 'key', from)).toBe(messageId(7, 'key', from));
    expect(messageId(7, 'key', from)).toMatch(/^<7\.[0-9a-f]{24}@example\.com>$/);
  });

  it('differs between e-mails, and between installations that count alike', () => {
    expect(new Set([messageId(7, 'a', from), messageId(8, 'a', from), messageId(7, 'b', from)]).size).toBe(3);
  });

  it('takes no more of the key than its hash, whatever is in it', () => {
    expect(messageId(7, 'x>\r\nBcc: y@z', 'plain@example.com')).toMatch(/^<7\.[0-9a-f]{24}@example\.com>$/);
  });
});
