import { readConfig } from '@open-cpo/platform';
import { WorkerConfig } from './config';

const base = { NATS_URL: 'nats://n', REDIS_URL: 'redis://r' };
const read = (smtpUrl: string, mailFrom: string) =>
  readConfig(WorkerConfig, { ...base, SMTP_URL: smtpUrl, MAIL_FROM: mailFrom });

describe('the worker', () => {
  it.each([
    ['smtp://mail.example:587?requireTLS=true', 'Open CPO <no-reply@example.com>'],
    ['smtps://user:password@mail.example', 'no-reply@example.com'],
  ])('takes the mail server %s and the sender %s', (smtpUrl, mailFrom) => {
    expect(read(smtpUrl, mailFrom)).toMatchObject({ smtpUrl, mailFrom, smtpTimeoutSeconds: 15 });
  });

  it('does not start without a mail server and a sender', () => {
    expect(() => readConfig(WorkerConfig, base)).toThrow(/SMTP_URL must begin with[^]*MAIL_FROM must hold an address/);
  });

  it.each(['http://mail.example', 'smtp://'])('refuses the mail server %s', (smtpUrl) => {
    expect(() => read(smtpUrl, 'a@b.c')).toThrow('SMTP_URL must begin with smtp:// or smtps://');
  });

  it.each(['Open CPO', 'a@b, c@d', 'x <a@b>\r\nBcc: c@d', '<a@b>'])('refuses the sender %j', (mailFrom) => {
    expect(() => read('smtp://m', mailFrom)).toThrow('MAIL_FROM must hold an address');
  });
});
