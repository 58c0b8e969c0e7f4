import { reference, startTestGateway, type TestGateway } from '@open-cpo/testing';
import Stripe from 'stripe';

// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';
import { Orders } from './orders';
import { JOHN, type Payouts, startPayouts } from './payouts';

const { answerOf, EXAMPLES, mismatches, operationOf } = reference;
const OURS = [9, 10, 31, 32, 33, 34, 35, 36, 37];
const examples = EXAMPLES.filter(({ number }) => OURS.includes(Number(number)));
const DONE = { success: 1, msg: reference.DONE, msg_arabic: reference.DONE_ARABIC };
const PDF = '%PDF-1.7 a passport';

describe('payouts over HTTP', () => {
  let payouts: Payouts;
  let gateway: TestGateway;
  let tokens: Record<'owner' | 'admin' | 'viewer' | 'rival', string>;

  beforeAll(async () => {
    payouts = await startPayouts('payouts_http', { STRIPE_WEBHOOK_SECRET: 'whsec_http' });
    gateway = await startTestGateway({ broker: payouts.broker, gateway: gatewayParts });
    const token = (userId: number, role: 'owner' | 'admin' | 'viewer', accountId = 1) =>
      gateway.auth.token({ userId, accountId, role, currency: 'DZD' });
    tokens = {
      owner: token(11, 'owner'),
      admin: token(12, 'admin'),
      viewer: token(13, 'viewer'),
      rival: token(21, 'owner', 2),
    };
  });
  afterAll(async () => {
    await gateway?.stop();
    await payouts?.stop();
  });
  beforeEach(() => payouts.empty());

  const ask = async (method: string, path: string, body?: object | string, token = tokens.owner, more: object = {}) => {
    const given = body instanceof FormData || body instanceof URLSearchParams;
    const answer = await fetch(gateway.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && !given ? { 'content-type': 'application/json' } : {}),
        ...more,
      },
      ...(body ? { body: given || typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: JSON.parse(text) as Record<string, unknown> };
  };
  const form = (fields: object = {}, file?: Blob): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries({ ...JOHN, ...fields }))
      if (value !== null) data.set(name, String(value));
    if (file) data.set('id', file, '../../passport.exe');
    return data;
  };
  const add = (data: FormData, more: object = {}, token = tokens.owner) =>
    ask('POST', '/api/payout-methods/add/bank_transfer', data, token, more);
  const details = async () =>
    ((await ask('GET', '/api/payout-methods')).body.results as { details: Record<string, unknown> }[])[0]?.details;
  const earn = async () => {
    await new Orders(payouts).completed({ earning_usd: '7' });
    await new Orders(payouts).posted(1);
  };

  it('has an example of each operation', () => {
    expect([...new Set(examples.map(({ number }) => number))]).toEqual(OURS);
  });

  it.each(examples.map((one) => [`#${one.number} ${one.url} ${JSON.stringify(one.verdict)}`, one] as const))(
    'answers the reference’s own example as documented: %s',
    async (_, { number, method, url, headers, body, given, verdict }) => {
      if (/added methods/.test(given ?? '')) await payouts.addMethod();
      if (/positive balance/.test(given ?? '')) await earn();
      const answer = await fetch(gateway.url + url, {
        method,
        headers: { ...headers, Authorization: `Bearer ${tokens.owner}` },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const got = (await answer.json()) as { errors?: object };
      if ('accepted' in verdict) {
        expect(answer.status).toBe(verdict.accepted);
        expect(mismatches(got, answerOf(operationOf(number)).shape)).toEqual([]);
      } else expect(answer.status).toBe(got.errors ? 422 : 404);
    },
  );

  it('shows methods and payouts in the documented shapes', async () => {
    await payouts.addMethod();
    await add(form());
    await earn();
    await ask('POST', '/api/payouts/request-payout', { payoutMethod: 2 });
    const listed = await Promise.all(
      [9, 10, 31, 32, 36].map(async (number) => {
        const { path } = operationOf(number);
        return mismatches((await ask('GET', path)).body, answerOf(operationOf(number)).shape);
      }),
    );
    expect(listed).toEqual([[], [], [], [], []]);
    expect((await ask('GET', '/api/payouts')).body.results).toMatchObject({
      data: [{ payout_id: '1', payout_method_id: 2, account_id: '******4567', amount: '953.46', status: 'pending' }],
      meta: { per_page: 15, total: 1 },
    });
    expect((await ask('GET', '/api/payouts?itemsPerPage=-1')).body.results).toMatchObject({ meta: { total: 1 } });
  });

  it('answers the own data’s methods exactly like the methods', async () => {
    await payouts.addMethod();
    expect((await ask('GET', '/api/user/payout-methods')).body).toEqual((await ask('GET', '/api/payout-methods')).body);
  });

  it('refuses what lacks a country, a method or money as documented', async () => {
    payouts.auth.countryOf.delete(1);
    expect((await ask('GET', '/api/payout-methods/available')).body).toEqual({
      success: 0,
      message: 'The country field is required.',
      errors: { country: ['The country field is required.'] },
    });
    payouts.auth.countryOf.set(1, 2);
    const { status, body } = await ask('POST', '/api/payouts/request-payout', {});
    expect([status, body]).toEqual([
      422,
      {
        success: 0,
        message: 'The payout method field is required.',
        errors: {
          payout_method: ['The payout method field is required.'],
          balance: ['The balance is not enough for a payout.'],
        },
      },
    ]);
    expect((await ask('POST', '/api/payout-methods/add/nam', JOHN)).body).toEqual({
      error: 'Invalid Resource Requested',
    });
  });

  it('lets only owners move money', async () => {
    await payouts.addMethod();
    for (const token of [tokens.admin, tokens.viewer]) {
      for (const path of ['/api/user/balance', '/api/payouts', '/api/payout-methods']) {
        expect((await ask('GET', path, undefined, token)).status).toBe(200);
      }
      expect((await ask('POST', '/api/payouts/request-payout', { payoutMethod: 1 }, token)).status).toBe(403);
      expect((await ask('POST', '/api/payout-methods/update/stripe', JOHN, token)).status).toBe(403);
      expect((await ask('DELETE', '/api/payout-methods/delete/stripe', undefined, token)).status).toBe(403);
      expect((await add(form({}, new Blob([PDF])), {}, token)).status).toBe(403);
    }
    expect((await ask('DELETE', '/api/payout-methods/delete/stripe', undefined, tokens.rival)).status).toBe(404);
  });

  describe('a document', () => {
    it('comes as a file of a form, and is never shown again', async () => {
      expect((await add(form({}, new Blob([PDF], { type: 'text/html' })))).body).toEqual(DONE);
      expect(await details()).toMatchObject({ id: null, document: true, fullname: 'John Doe' });
      const update = form(
        { fullname: 'Jane Doe' },
        new Blob(['\xff\xd8\xff\xe0 a photo'].map((text) => Buffer.from(text, 'latin1'))),
      );
      expect((await ask('POST', '/api/payout-methods/update/bank_transfer', update)).body).toEqual(DONE);
      expect(await details()).toMatchObject({ document: true, fullname: 'Jane Doe' });
      const [row] = await payouts.db.query('select document_type from payout_methods');
      expect(row).toEqual({ document_type: 'image/jpeg' });
    });

    it('is not needed in a form, nor in JSON or plain forms', async () => {
      expect((await add(form())).body).toEqual(DONE);
      await payouts.empty();
      expect((await ask('POST', '/api/payout-methods/add/stripe', new URLSearchParams(JOHN))).body).toEqual(DONE);
    });

    it.each([
      ['by its content, not its name', '<html>'],
      ['that is empty', ''],
    ])('is refused %s', async (_, content) => {
      const { status, body } = await add(form({ id: null }, new Blob([content], { type: 'application/pdf' })));
      expect([status, Object.keys(body.errors as object)]).toEqual([422, ['id']]);
    });

    it('may have 10 MB and not a byte more', async () => {
      const largest = Buffer.alloc(10 * 1024 * 1024, 1);
      largest.write('%PDF-');
      expect((await add(form({}, new Blob([largest])))).status).toBe(200);
      await payouts.empty();
      const answer = await add(form({}, new Blob([Buffer.concat([largest, Buffer.from('x')])])));
      expect([answer.status, answer.headers.get('x-error-code')]).toEqual([413, 'payload_too_large']);
    });

    it('repeated with its key is one request', async () => {
      const key = { 'idempotency-key': 'once' };
      const file = () => form({}, new Blob([PDF]));
      expect((await add(file(), key)).status).toBe(200);
      const again = await add(file(), key);
      expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
      expect((await add(form({}, new Blob([`${PDF}!`])), key)).headers.get('x-error-code')).toBe(
        'idempotency_mismatch',
      );
    });

    it('is not taken from a place that a client names', async () => {
      const document = { object: 'a'.repeat(64), key: 'AA==', size: 5 };
      const { status } = await ask('POST', '/api/payout-methods/add/bank_transfer', { ...JOHN, document });
      expect(status).toBe(200);
      expect(await details()).toMatchObject({ document: false });
    });

    it.each([
      ['too many fields', () => form(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}`, n]))), 413],
      ['a field that is too long', () => form({ address: 'a'.repeat(20_000) }), 413],
    ])('with %s is refused', async (_, data, status) => {
      expect((await add(data())).status).toBe(status);
    });

    it.each(['multipart/form-data', 'multipart/form-data; boundary='])(
      'with the type "%s" is malformed',
      async (type) => {
        const { status } = await ask('POST', '/api/payout-methods/add/stripe', 'x', tokens.owner, {
          'content-type': type,
        });
        expect(status).toBe(400);
      },
    );

    it('is taken nowhere else, and not from strangers', async () => {
      expect((await ask('POST', '/api/payouts/request-payout', form({}, new Blob([PDF])))).status).toBe(415);
      expect((await add(form({}, new Blob([PDF])), {}, 'nobody')).status).toBe(401);
    });
  });

  describe('Stripe', () => {
    const event = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'account.updated',
      created: 2_000_000_000,
      data: { object: { id: 'acct_sandbox_1', capabilities: { transfers: 'inactive' } } },
    });
    const tell = (payload: string, signature?: string) =>
      fetch(`${gateway.url}/api/webhooks/stripe`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(signature ? { 'stripe-signature': signature } : {}),
        },
        body: payload,
      });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: event, secret: 'whsec_http' });

    it('is heard without a token, by its signature', async () => {
      await payouts.addMethod();
      const answer = await tell(event, signature);
      expect([answer.status, await answer.json()]).toEqual([200, { received: true }]);
      expect(await details()).toEqual({ account_id: 'acct_sandbox_1', account_status: 'Pending' });
      expect((await tell(event, signature)).status).toBe(200);
    });

    it.each([
      ['another body', `${event} `, signature],
      ['no signature', event, undefined],
      ['no body', '', signature],
    ])('is not believed with %s', async (_, payload, header) => {
      const answer = await tell(payload, header);
      expect([answer.status, answer.headers.get('x-error-code')]).toEqual([400, 'malformed_request']);
    });
  });
});
