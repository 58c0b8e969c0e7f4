import { resolve } from 'node:path';
import { readDocument } from '../document/operations';
import type { Answer } from '../sending/client';
import { leaksOf } from './leaks';
import { Schemas } from './schemas';
import { faultsOf } from './verdict';

const document = readDocument(resolve(__dirname, '../../..'));
const schemas = new Schemas(document);
const operation = document.operations.find(({ id }) => id === 'apiKeysCreate');
const sent = { method: 'POST', target: '/api/api-keys', headers: {} };
const answer = (status: number, body: unknown, more: object = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  text: typeof body === 'string' ? body : JSON.stringify(body),
  ...more,
});
const faults = (given: Answer, asked: object = {}): string[] =>
  faultsOf(schemas, operation, { ...sent, ...asked }, given);
const REFUSED = { success: 0, msg: 'The request could not be understood.', msg_arabic: 'x' };

describe('an answer', () => {
  it.each([
    ['a documented refusal', answer(400, REFUSED)],
    ['a refusal of fields', answer(422, { success: 0, message: 'No.', errors: { name: ['No.'] } })],
    [
      'a forbidden one',
      answer(403, { success: 0, error: "You don't have permissions to access 127.0.0.1 on this server." }),
    ],
  ])('that is %s has no fault', (_what, given) => {
    expect(faults(given)).toEqual([]);
  });

  it.each([
    ['a 500', answer(500, { success: 0, msg: 'x', msg_arabic: 'x' }), /status 500/],
    ['a 504', answer(504, { success: 0, msg: 'x', msg_arabic: 'x' }), /status 504/],
    ['no answer', answer(0, '', { fault: 'hang' }), /no answer: hang/],
    ['of a status nobody documents', answer(418, REFUSED), /418 is not documented/],
    ['a refusal without a shape', answer(400, { oops: 1 }), /status 400/],
    ['half of one', answer(422, { success: 0 }), /status 422/],
    ['broken JSON', answer(400, '{"success":0'), /no JSON/],
    ['a text', answer(400, 'Bad Request', { headers: { 'content-type': 'text/plain' } }), /no JSON/],
    ['a success without its envelope', answer(200, [1]), /status 200/],
    [
      'one that tells who answers',
      answer(400, REFUSED, { headers: { 'content-type': 'application/json', server: 'x' } }),
      /header server/,
    ],
    ['one with a stack', answer(400, { ...REFUSED, msg: 'x\n    at handler (/app/main.js:1:2)' }), /stack trace/],
  ])('that is %s is a finding', (_what, given, fault) => {
    expect(faults(given).join()).toMatch(fault);
  });

  it('may close while too large a body is still on its way, and only then', () => {
    const closed = answer(0, '', { fault: 'ECONNRESET' });
    expect(faults(closed, { body: Buffer.alloc(2_000_000) })).toEqual([]);
    expect(faults(closed)).toEqual(['no answer: ECONNRESET']);
  });

  it('may say again what was asked', () => {
    const told = answer(422, { success: 0, message: 'No', errors: { 'insert into users': ['No.'] } });
    expect(faults(told)).toEqual(['reveals SQL']);
    expect(faults(told, { body: Buffer.from('{"insert into users":1}') })).toEqual([]);
  });
});

describe('what is inside', () => {
  it.each([
    ['a stack trace', 'Error: x\n    at run (file:///x/y.js:1:1)'],
    ['a path of the server', 'ENOENT /node_modules/x'],
    ['SQL', 'select id from users where x'],
    ['the database', 'duplicate key value violates unique constraint'],
    ['the broker or a library', 'connect ECONNREFUSED'],
    ['a version', 'runs 11.2.10'],
    ['an error’s class', 'TypeError: undefined is not a function'],
  ])('shows as %s', (what, text) => {
    expect(leaksOf(text, '')).toContain(what);
  });

  it.each([
    'The selected category is invalid.',
    "You don't have permissions to access 127.0.0.1 on this server.",
    '12.5',
    '2026-11-22',
  ])('does not show in "%s"', (text) => {
    expect(leaksOf(text, '')).toEqual([]);
  });
});
