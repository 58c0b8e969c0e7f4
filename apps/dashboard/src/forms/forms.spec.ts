import { ApiError } from '@open-cpo/client';
import { FieldError, fieldMessages, messagesOf, shownError } from '../api/errors';
import { bodyOf, changedValues } from './field';
import { IntentKeys, useSubmit } from './submit';

const refusal = (status: number, code: string, body: object): ApiError =>
  new ApiError(new Response(null, { status, headers: { 'x-error-code': code, 'x-request-id': 'r-1' } }), body);

describe('a submission', () => {
  it('has one key for its retries, and another one for other values and for the next time', () => {
    let made = 0;
    const keys = new IntentKeys(() => `key-${(made += 1)}`);
    expect([keys.keyOf({ a: 1 }), keys.keyOf({ a: 1 }), keys.keyOf({ a: 2 })]).toEqual(['key-1', 'key-1', 'key-2']);
    keys.done();
    expect(keys.keyOf({ a: 2 })).toBe('key-3');
  });

  it('is sent once however often it is clicked, and again with its key after a failure', async () => {
    const sent: string[] = [];
    let fail = true;
    const { submit, error, pending } = useSubmit(async (_values: object, headers) => {
      sent.push(headers['Idempotency-Key']);
      await Promise.resolve();
      if (fail) throw new TypeError('Failed to fetch');
    });
    await Promise.all([submit({ a: 1 }), submit({ a: 1 })]);
    expect([sent.length, pending.value, error.value]).toEqual([1, false, expect.any(TypeError)]);
    fail = false;
    await submit({ a: 1 });
    expect([sent[0] === sent[1], error.value]).toEqual([true, undefined]);
    await submit({ a: 1 });
    expect(new Set(sent).size).toBe(2);
  });
});

describe('errors', () => {
  it('are shown with text, code and request, in the language of the page', () => {
    const error = refusal(403, 'forbidden', { success: 0, msg: 'No.', msg_arabic: 'لا.' });
    expect(shownError(error, 'en')).toEqual({ message: 'No.', code: 'forbidden', requestId: 'r-1', status: 403 });
    expect(shownError(error, 'ar').message).toBe('لا.');
    expect(shownError(new TypeError('Failed to fetch'), 'en')).toMatchObject({ message: undefined, code: 'network' });
  });

  it('mark the fields that they name, in either spelling and below them', () => {
    const errors = { start_date: ['Too late.'], 'address.city': ['Too long.'], 'chargePoints.0': ['Is invalid.'] };
    const messages = fieldMessages(refusal(422, 'validation_failed', { success: 0, message: 'No.', errors }));
    expect(messagesOf(messages, 'startDate')).toEqual(['Too late.']);
    expect(messagesOf(messages, 'address.city')).toEqual(['Too long.']);
    expect(messagesOf(messages, 'chargePoints')).toEqual(['Is invalid.']);
    expect(messagesOf(messages, 'name')).toEqual([]);
  });

  it('of the form itself mark their fields, too', () => {
    expect(fieldMessages(new FieldError({ target: ['Choose one.'] }))).toEqual({ target: ['Choose one.'] });
  });

  it('are read from a bare map, and never from a text of the whole', () => {
    expect(fieldMessages(refusal(422, 'validation_failed', { title: ['Is required.'] }))).toEqual({
      title: ['Is required.'],
    });
    expect(fieldMessages(refusal(422, 'validation_failed', { success: 0, msg: 'First error.' }))).toEqual({});
  });
});

describe('values', () => {
  it('become a body', () => {
    expect(bodyOf({ name: 'A', 'address.city': 'B', 'address.zipcode': '', note: undefined })).toEqual({
      name: 'A',
      address: { city: 'B', zipcode: null },
    });
  });

  it('tell what has changed', () => {
    expect(changedValues({ a: '1', b: null, c: [1] }, { a: '2', b: '', c: [1] })).toEqual({ a: '2' });
  });
});
