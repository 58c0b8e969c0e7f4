import { randomBytes } from 'node:crypto';
import { type Line, until } from '@open-cpo/testing';
import { Collector, type Received } from './fixture/collector';
import { System } from './fixture/system';

/** Nothing that begins with this may be written down anywhere. */
const CANARY = `Kanarie${randomBytes(4).toString('hex')}`;
const EMAIL = `${CANARY}@example.com`;
const PASSWORD = `${CANARY} sings loudly`;
const person = { email: EMAIL, password: PASSWORD, first_name: CANARY, last_name: CANARY, country_id: 195 };

let collector: Collector;
let system: System;
const secrets = [CANARY, CANARY.toLowerCase()];

beforeAll(async () => {
  collector = await Collector.start();
  const env = { LOG_LEVEL: 'trace', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  system = await System.start({ ...env, OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=open%20cpo,x-other=2' });
});
afterAll(async () => {
  await system?.stop();
  await collector?.stop();
});

const json = async (response: Response): Promise<Record<string, Record<string, string>>> =>
  (await response.json()) as Record<string, Record<string, string>>;

const lines = (): Line[] => Object.values(system.children).flatMap((child) => child.lines);
const told = (msg: string): Promise<Line> => until(() => lines().find((line) => line.msg === msg), msg);

const codeOf = (mail: number): string => /\b\d{4}\b/.exec(system.mails.texts[mail] ?? '')?.[0] ?? 'no code';

describe('a request that somebody else traces already', () => {
  const traceId = randomBytes(16).toString('hex');
  const cause = randomBytes(8).toString('hex');
  let spans: Received[];
  let verification: string;

  beforeAll(async () => {
    const traceparent = `00-${traceId}-${cause}-01`;
    const answer = await system.post('/api/v3/auth/register', person, { traceparent });
    expect(answer.status).toBe(200);
    verification = (await json(answer)).data?.verification_token ?? '';
    await until(() => system.mails.texts.length === 1, 'the e-mail with the code');
    const done = (): boolean => collector.of(traceId).some(({ name }) => name === 'auth.emails.sent');
    await until(() => done() && collector.of(traceId).some(({ name }) => name.startsWith('job ')), 'the last span');
    spans = collector.of(traceId);
  });

  it('is one tree: each span hangs below another one, and the first below that of the client', () => {
    const ids = new Set(spans.map(({ spanId }) => spanId));
    const roots = spans.filter(({ parentSpanId }) => !ids.has(parentSpanId));
    expect(roots).toMatchObject([{ service: 'gateway', name: 'POST /api/v3/auth/register', parentSpanId: cause }]);
  });

  it('goes through every process that it causes work in', () => {
    const above = (span: Received | undefined): string[] => {
      if (!span) return [];
      return [`${span.service}: ${span.name}`, ...above(spans.find(({ spanId }) => spanId === span.parentSpanId))];
    };
    expect(above(spans.find(({ name }) => name === 'auth.emails.sent'))).toEqual([
      'auth: auth.emails.sent',
      'worker: call emails.sent',
      'worker: job emails',
      'auth: enqueue emails',
      'auth: auth.accounts.register',
      'gateway: call accounts.register',
      'gateway: POST /api/v3/auth/register',
    ]);
  });

  it('names its queries, and its answer', () => {
    const queries = spans.filter(({ attributes }) => attributes['db.system.name'] === 'postgresql');
    const names = queries.flatMap(({ name }) => name.split(', '));
    expect(names).toEqual(expect.arrayContaining(['emails.insert', 'outbox.write', 'COMMIT']));
    expect(spans.find(({ service }) => service === 'gateway')?.attributes).toBeDefined();
    const [root] = spans.filter(({ parentSpanId }) => parentSpanId === cause);
    expect(root?.attributes).toMatchObject({
      'http.route': '/api/v3/auth/register',
      'http.response.status_code': '200',
    });
  });

  it('comes to the collector with the headers that are configured', () => {
    expect(collector.headers[0]).toMatchObject({ 'x-tenant': 'open cpo', 'x-other': '2' });
  });

  it('is found in the log by its id', () => {
    expect(lines().filter((line) => line.traceId === traceId)).toContainEqual(
      expect.objectContaining({ msg: 'E-mail settled', service: 'worker' }),
    );
  });

  describe('and a whole journey after it', () => {
    beforeAll(async () => {
      const code = codeOf(0);
      secrets.push(verification, PASSWORD);
      const wrong = { verification_token: verification, verification_code: `${CANARY}` };
      await system.post('/api/v3/auth/email/verify', wrong);
      const verified = await system.post('/api/v3/auth/email/verify', {
        verification_token: verification,
        verification_code: code,
      });
      const token = (await json(verified)).data?.access_token ?? 'no token';
      secrets.push(token);
      const authorization = `Bearer ${token}`;
      await system.post('/api/v3/auth/login', { email: EMAIL, password: `${PASSWORD} and wrong` });
      await system.post('/api/v3/auth/login', { email: EMAIL, password: PASSWORD }, { 'idempotency-key': CANARY });
      await system.post('/api/v3/auth/login', `{"email":"${EMAIL}","password":`);
      await system.post('/api/v3/auth/password/reset', { email: EMAIL });
      await system.post('/api/v3/auth/register', { email: EMAIL, password: 1, first_name: `\u0000${CANARY}` });
      await system.send('GET', `/api/v3/users?search=${CANARY}`, { authorization });
      await system.send('GET', `/api/charge-points?search=${CANARY}`, { authorization, cookie: `a=${CANARY}` });
      await system.send('GET', `/api/nothing/${CANARY}`, { authorization: `Bearer ${CANARY}`, 'api-key': CANARY });
      await system.send('DELETE', `/api/v3/auth/${CANARY}`, { authorization });
      await until(() => system.mails.texts.length >= 2, 'the e-mail for the new password');
      secrets.push(`"${code}"`, `"${codeOf(1)}"`);
      // What goes wrong is where logs become talkative.
      system.mails.rejects = true;
      await system.post('/api/v3/auth/register', { ...person, email: `two.${EMAIL}` });
      await told('A job failed for good');
      await system.database.query('alter table sessions rename to sessions_elsewhere');
      await system.post('/api/v3/auth/login', { email: EMAIL, password: PASSWORD });
      await told('Operation failed');
      await system.database.query('alter table sessions_elsewhere rename to sessions');
      await system.post('/api/v3/auth/logout', {}, { authorization });
    });

    it('is told of in the log as far as it failed, by the id of the request', async () => {
      const failed = await told('Operation failed');
      expect(failed).toMatchObject({ level: 'error', service: 'auth', operation: 'auth.accounts.login' });
      expect(failed.requestId).toMatch(/^[\w-]{36}$/);
      expect(failed.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(await told('A job failed for good')).toMatchObject({
        traceId: expect.any(String),
        job: expect.any(String),
      });
    });

    it('leaves in the logs neither a secret nor anything that a person is known by', () => {
      const written = system.written();
      expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
    });

    it('nor in the traces', async () => {
      const spans = (): string => JSON.stringify(collector.spans);
      await until(() => spans().includes('POST /api/v3/auth/logout'), 'the spans of the journey');
      expect(secrets.filter((secret) => spans().includes(secret))).toEqual([]);
    });

    it('nor in the metrics, whose labels are patterns', async () => {
      const texts = await Promise.all(Object.keys(system.children).map((name) => system.metrics(name)));
      const shown = texts.join('\n');
      expect(shown).toContain(`route="/api/v3/auth/login",status="200"`);
      expect(shown).toContain(`route="none",status="404"`);
      expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    });
  });
});

describe('the port for clients', () => {
  it('does not tell metrics', async () => {
    expect((await system.send('GET', '/metrics')).status).toBe(404);
    expect((await system.send('GET', '/api/metrics')).status).toBe(404);
  });
});
