import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type EmailContent, emails, type EmailTemplate, sendEmail } from '@open-cpo/contracts';
import { JobQueues } from '@open-cpo/jobs';
import { environment, Health, PlatformModule } from '@open-cpo/platform';
import { startTestService, type TestBroker, testBroker, testConfig, type TestService, until } from '@open-cpo/testing';
import { AppModule } from '../app.module';
import { WorkerConfig } from '../config';
import { FakeAuth, FakeAuthModule } from './fixture/fake-auth';
import { MailServer } from './fixture/mail-server';

// As declared, but without the long waits between tries.
const quickly = { ...sendEmail, attempts: 4, backoff: 10, spread: 0 };

describe('an e-mail', () => {
  let broker: TestBroker;
  let authService: TestService;
  let auth: FakeAuth;
  let mails: MailServer;
  let worker: INestApplicationContext;
  let queues: JobQueues;

  beforeAll(async () => {
    broker = await testBroker();
    authService = await startTestService({ broker, module: FakeAuthModule, serves: [emails], name: 'auth' });
    auth = authService.app.get(FakeAuth);
  });
  afterAll(async () => {
    await authService.stop();
    await broker.stop();
  });

  const startWorker = async (prefix: string, login = ''): Promise<INestApplicationContext> => {
    const config = testConfig(WorkerConfig, broker, {
      REDIS_URL: environment().TEST_REDIS_URL,
      REDIS_PREFIX: prefix,
      SMTP_URL: `smtp://${login}${mails.address}`,
      SMTP_TIMEOUT_SECONDS: '1',
      MAIL_FROM: 'Open CPO <no-reply@open-cpo.test>',
    });
    const imports = [PlatformModule.forRoot(config, 'worker'), AppModule.forRoot(config)];
    const app = await NestFactory.createApplicationContext({ module: class Root {}, imports }, { logger: false });
    await until(async () => (await app.get(Health).ready()).ok, 'the worker to be ready');
    return app;
  };

  beforeEach(async () => {
    Object.assign(auth, { deaf: 0 });
    auth.contents.clear();
    auth.sentIds.length = auth.failures.length = 0;
    mails = await MailServer.start();
    worker = await startWorker(`test-${randomUUID()}`);
    queues = worker.get(JobQueues);
  });
  afterEach(async () => {
    await worker.close();
    await mails.stop();
  });

  const ask = async (id: number, changes: Partial<EmailContent> = {}, job = quickly): Promise<void> => {
    const template: EmailTemplate = 'verify-email';
    const params = { name: 'Ada', code: '4711' };
    auth.contents.set(id, {
      to: 'ada@example.com',
      template,
      params,
      language: 'en',
      dedupeKey: `key ${id}`,
      ...changes,
    });
    await queues.add(job, id, { id });
  };
  const sent = (id: number): Promise<boolean> => until(() => auth.sentIds.includes(id), `e-mail ${id} to be sent`);
  const failed = (id: number): Promise<string> =>
    until(() => auth.failures.find((failure) => failure.id === id)?.reason, `e-mail ${id} to fail`);

  it('arrives as text and HTML, says that a machine wrote it, and is told as sent', async () => {
    await ask(1);
    await sent(1);
    const [{ mail, recipients } = { mail: undefined, recipients: [] }] = mails.taken;
    expect(recipients).toEqual(['ada@example.com']);
    expect(mail?.from?.text).toBe('"Open CPO" <no-reply@open-cpo.test>');
    expect(mail?.subject).toBe('Your verification code');
    expect(mail?.text).toContain('4711');
    expect(mail?.html).toContain('4711');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.messageId).toMatch(/^<1\.[0-9a-f]{24}@open-cpo\.test>$/);
  });

  it('arrives in Arabic, from right to left', async () => {
    await ask(1, { language: 'ar' });
    await sent(1);
    expect(mails.taken[0]?.mail.subject).toBe('رمز التحقق الخاص بك');
    expect(mails.taken[0]?.mail.html).toContain('<html lang="ar" dir="rtl">');
    expect(mails.taken[0]?.mail.headers.get('content-language')).toBe('ar');
  });

  it('is not sent when there is nothing to send any more', async () => {
    await queues.add(quickly, 1, { id: 1 });
    await ask(2);
    await sent(2);
    expect(mails.taken).toHaveLength(1);
    expect(await queues.dead(sendEmail)).toEqual([]);
  });

  it('that must not be sent is settled and not sent', async () => {
    await ask(1, { mute: true });
    await sent(1);
    expect(mails.taken).toEqual([]);
  });

  it('is sent once, however often it is asked for', async () => {
    await ask(1);
    await sent(1);
    await queues.add(quickly, 1, { id: 1 });
    await ask(2);
    await sent(2);
    expect(mails.taken.map(({ mail }) => mail.messageId?.split('.')[0])).toEqual(['<1', '<2']);
  });

  it('that the server defers (451) is sent later', async () => {
    mails.manner = 'defers';
    await ask(1);
    await until(() => mails.asked.length >= 2);
    mails.manner = 'takes';
    await sent(1);
    expect(mails.taken).toHaveLength(1);
    expect(auth.failures).toEqual([]);
  });

  it('that is deferred at every try is told as failed, in the words of the server', async () => {
    mails.manner = 'defers';
    await ask(1);
    expect(await failed(1)).toContain('greylisted, come again');
    expect(mails.asked).toHaveLength(4);
  });

  it.each([
    ['rejects', 'no such user'],
    ['rejects content', 'looks like spam'],
  ] as const)('that the server %s for good (5xx) fails at once', async (manner, words) => {
    mails.manner = manner;
    await ask(1);
    expect(await failed(1)).toContain(words);
    await until(async () => (await queues.dead(sendEmail)).length === 1);
    expect(mails.asked).toHaveLength(1);
  });

  it('survives a server that hangs', async () => {
    mails.manner = 'hangs';
    await ask(1);
    await until(() => mails.asked.length >= 2);
    mails.manner = 'takes';
    await sent(1);
    expect(mails.taken).toHaveLength(1);
  });

  it('that was taken by a server which then vanished is sent again under the same Message-ID', async () => {
    mails.manner = 'takes and drops';
    await ask(1);
    await until(() => mails.taken.length === 1);
    mails.manner = 'takes';
    await sent(1);
    const ids = mails.taken.map(({ mail }) => mail.messageId);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  it('waits while there is no mail server, and the worker stays ready', async () => {
    await mails.stop();
    await ask(1, {}, { ...quickly, attempts: 50, backoff: 1 });
    await until(async () => (await worker.get(Health).ready()).checks.smtp === 'down');
    expect((await worker.get(Health).ready()).ok).toBe(true);
  });

  it('is not sent twice when auth cannot be told', async () => {
    auth.deaf = 2;
    await ask(1);
    await sent(1);
    expect(mails.taken).toHaveLength(1);
  });

  it('is not given up because our own login is refused', async () => {
    mails.manner = 'refuses login';
    await worker.close();
    worker = await startWorker(`test-${randomUUID()}`, 'worker:old@');
    queues = worker.get(JobQueues);
    await ask(1, {}, { ...quickly, attempts: 50 });
    await until(() => mails.connections >= 2);
    expect(auth.failures).toEqual([]);
    mails.manner = 'takes';
    await sent(1);
  });

  it.each(['ada@example.com\r\nBcc: eve@example.com', 'ada@example.com, eve@example.com', 'Ada <ada@example.com>', ''])(
    'to %j goes to nobody',
    async (to) => {
      await ask(1, { to });
      expect(await failed(1)).toBe('The recipient is not an e-mail address');
      expect(mails.asked).toEqual([]);
    },
  );

  it('cannot be given further headers by what people call themselves', async () => {
    const inviter = 'Evil\r\nBcc: eve@example.com\r\n\r\n<b>Owned</b>';
    await ask(1, { template: 'invitation', params: { inviter } });
    await sent(1);
    expect(mails.taken[0]?.recipients).toEqual(['ada@example.com']);
    expect(mails.taken[0]?.mail.bcc).toBeUndefined();
    expect(mails.taken[0]?.mail.subject).toBe('You are invited to Open CPO');
  });

  it('whose template lacks a value fails at once instead of arriving with a gap', async () => {
    await ask(1, { params: {} });
    expect(await failed(1)).toBe('The template needs the parameter code');
    expect(mails.asked).toEqual([]);
  });
});
