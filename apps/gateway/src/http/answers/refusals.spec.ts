import { CATALOGUE, type ErrorCode, Refusal } from '@open-cpo/contracts';
import { reference } from '@open-cpo/testing';
import { A0, answerTo, E, K, N, P, plainMessage, vFail } from './refusals';

const codes = Object.keys(CATALOGUE) as ErrorCode[];
const elsewhere = { v3: false, host: 'api.test', unauthenticatedStatus: 401, language: 'en' } as const;
const v3 = { ...elsewhere, v3: true };
const fields = { name: ['The name field is required.'], type: ['The type field is required.'] };
const invalid = new Refusal('validation_failed', { fields, message: fields.name[0] });

describe('the letters of refusal', () => {
  it.each([
    ['E', E('Wrong.', fields), { success: 0, message: 'Wrong.', errors: fields }],
    ['K', K('Wrong.'), { success: 0, message: 'Wrong.' }],
    ['A0', A0('Wrong.', 'خطأ'), { success: 0, msg: 'Wrong.', msg_arabic: 'خطأ' }],
    ['P', P('api.test'), { success: 0, error: "You don't have permissions to access api.test on this server." }],
    ['N', N('Order not found'), { error: 'Order not found' }],
    ['V-fail', vFail({ attempts: 2 }, 'Wrong.'), { data: { attempts: 2 }, success: 0, message: 'Wrong.' }],
  ])('%s has its keys in their order', (_letter, body, shown) => {
    expect(JSON.stringify(body)).toBe(JSON.stringify(shown));
  });
});

describe('the one text of an error under /api/v3', () => {
  const arabic = { ...v3, language: 'ar' } as const;
  const { text, arabic: translated } = CATALOGUE.credentials_rejected;

  it('is in the language of the request', () => {
    expect(answerTo(new Refusal('credentials_rejected'), v3).body).toEqual(K(text));
    expect(answerTo(new Refusal('credentials_rejected'), arabic).body).toEqual(K(translated));
    const data = { available_attempts: 2 };
    const refusal = new Refusal('incorrect_code', { data });
    expect(answerTo(refusal, arabic).body).toEqual(vFail(data, CATALOGUE.incorrect_code.arabic));
  });

  it('is one of two elsewhere, whatever the language of the request', () => {
    const refusal = new Refusal('credentials_rejected');
    expect(answerTo(refusal, { ...arabic, v3: false }).body).toEqual(A0(text, translated));
  });
});

describe('a field that fails', () => {
  it('is told with the first error as message', () => {
    expect(answerTo(invalid, elsewhere)).toEqual({ status: 422, body: E('The name field is required.', fields) });
  });

  it('is told with the words of the operation', () => {
    expect(answerTo(invalid, elsewhere, plainMessage('Validation failed.')).body).toEqual(
      E('Validation failed.', fields),
    );
  });

  it('is told as a bare map where the reference does so', () => {
    expect(answerTo(invalid, elsewhere, { bareErrors: true })).toEqual({ status: 422, body: fields });
  });
});

describe('who is not let in', () => {
  it('is told 401, or the 500 of the published reference where that is set', () => {
    const refusal = new Refusal('unauthenticated');
    const body = A0('Unauthenticated.', 'Unauthenticated.');
    expect(answerTo(refusal, elsewhere)).toEqual({ status: 401, body });
    expect(answerTo(refusal, { ...elsewhere, unauthenticatedStatus: 500 })).toEqual({ status: 500, body });
  });

  it('is always told 401 under /api/v3', () => {
    const answer = { status: 401, body: K('Unauthenticated.') };
    expect(answerTo(new Refusal('unauthenticated'), { ...v3, unauthenticatedStatus: 500 })).toEqual(answer);
  });

  it('is told 401 about the API key, whatever is set', () => {
    const answer = { status: 401, body: K('The API key is invalid or missing.') };
    const refusal = new Refusal('api_key_invalid');
    expect(answerTo(refusal, { ...elsewhere, unauthenticatedStatus: 500 })).toEqual(answer);
    expect(answerTo(refusal, v3)).toEqual(answer);
  });

  it('is told the host that was asked', () => {
    expect(answerTo(new Refusal('forbidden'), elsewhere)).toEqual({ status: 403, body: P('api.test') });
  });
});

describe('what is not there', () => {
  it('is told plainly, or with the words of the operation', () => {
    const missing = new Refusal('not_found');
    expect(answerTo(missing, elsewhere)).toEqual({ status: 404, body: N('Invalid Resource Requested') });
    expect(answerTo(missing, elsewhere, { notFound: 'Order not found' }).body).toEqual(N('Order not found'));
    expect(answerTo(missing, v3)).toEqual({ status: 404, body: K('Invalid Resource Requested') });
  });

  it('is told 400 where the operation refuses to delete it', () => {
    const answer = { status: 400, body: N('Failed to delete Chargepoint') };
    expect(answerTo(new Refusal('delete_refused'), elsewhere, { plain: { delete_refused: 400 } })).toEqual(answer);
  });
});

describe('a wrong code', () => {
  it('comes with what is left of the verification', () => {
    const refusal = new Refusal('incorrect_code', { data: { available_attempts: 2 } });
    const body = vFail({ available_attempts: 2 }, 'Incorrect verification code.');
    expect(answerTo(refusal, v3)).toEqual({ status: 422, body });
  });
});

const DOCUMENTED_ELSEWHERE = ['api_key_invalid', 'forbidden', 'not_found', 'second_factor_required'];

describe.each(codes.filter((code) => !DOCUMENTED_ELSEWHERE.includes(code)))('"%s"', (code) => {
  it('speaks English and Arabic under /api', () => {
    const { body } = answerTo(new Refusal(code), elsewhere);
    expect(body).toEqual(A0(CATALOGUE[code].text, CATALOGUE[code].arabic));
    expect(reference.mismatches(body, reference.undocumentedRefusal('/api/x'))).toEqual([]);
  });

  it('has a message under /api/v3', () => {
    expect(answerTo(new Refusal(code), v3).body).toEqual(K(CATALOGUE[code].text));
  });

  it('repeats a text of its own in both languages', () => {
    expect(answerTo(new Refusal(code, { message: 'So.' }), elsewhere).body).toEqual(A0('So.', 'So.'));
  });

  it('never tells its cause', () => {
    const answer = answerTo(new Refusal(code, { cause: new Error('secret') }), elsewhere);
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});

it('each kind of refusal has one status', () => {
  const statuses = codes.map((code) => answerTo(new Refusal(code), elsewhere).status);
  expect([...new Set(statuses)].sort()).toEqual([
    400, 401, 403, 404, 405, 409, 412, 413, 415, 416, 422, 429, 500, 503, 504,
  ]);
});
