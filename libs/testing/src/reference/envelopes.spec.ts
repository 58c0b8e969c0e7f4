import {
  a0,
  a0SystemError,
  a0Unauthenticated,
  aBare,
  aList,
  aNumber,
  aObject,
  aPage,
  DONE,
  DONE_ARABIC,
  e,
  expiresIn,
  g,
  k,
  m,
  n,
  p,
  v,
  vFail,
} from './envelopes';
import { mismatches } from './mismatches';
import { id, object, text } from './shape';
import type { Shape } from './shape';

const done = { success: 1, msg: DONE, msg_arabic: DONE_ARABIC };
const row = object({ id });
const page = (data: unknown, meta: unknown) => ({ ...done, results: { data, meta } });

interface Case {
  readonly shape: Shape;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
}

const SUCCESSES: Record<string, Case> = {
  'A-bare': {
    shape: aBare(),
    good: [done],
    bad: [
      { ...done, results: null },
      { ...done, success: true },
      { ...done, msg: 'done' },
      { ...done, msg_arabic: DONE },
    ],
  },
  'A-bare of the deleted power center': { shape: aBare('done'), good: [{ ...done, msg: 'done' }], bad: [done] },
  'A-object': {
    shape: aObject(row),
    good: [{ ...done, results: { id: 1 } }],
    bad: [done, { ...done, results: null }, { ...done, results: [{ id: 1 }] }, { ...done, data: { id: 1 } }, { id: 1 }],
  },
  'A-list': {
    shape: aList(row),
    good: [
      { ...done, results: [] },
      { ...done, results: [{ id: 1 }] },
    ],
    bad: [{ ...done, results: { id: 1 } }, page([], { per_page: 15, total: 0 }), []],
  },
  'A-number': {
    shape: aNumber(),
    good: [{ ...done, results: 34.612 }],
    bad: [
      { ...done, results: '34.612' },
      { ...done, results: null },
    ],
  },
  'A-page': {
    shape: aPage(row),
    good: [
      page([], { per_page: 15, total: 0 }),
      page([{ id: 1 }], { per_page: -1, total: 1 }),
      page([{ id: 1 }], { total: 3, per_page: 1 }),
      page([], { per_page: 15, total: 30 }),
    ],
    bad: [
      page([{ id: 1 }], { per_page: 15, total: 0 }),
      page([{ id: 1 }, { id: 2 }], { per_page: 1, total: 2 }),
      page([], { per_page: 0, total: 0 }),
      page([], { per_page: '15', total: 0 }),
      page([], { per_page: 15 }),
      page([], { per_page: 15, total: 0, page: 1 }),
      { ...done, results: [] },
    ],
  },
  V: {
    shape: v(row),
    good: [
      { success: 1, message: DONE, data: { id: 1 } },
      { data: { id: 1 }, success: 1, message: DONE },
    ],
    bad: [{ ...done, data: { id: 1 } }, { data: { id: 1 }, success: 1, message: DONE, expires_in: 1 }, { id: 1 }],
  },
  'V with a token': {
    shape: v(row, text, expiresIn),
    good: [
      { data: { id: 1 }, success: 1, message: 'Hello' },
      { data: { id: 1 }, success: 1, message: DONE, expires_in: 3600 },
    ],
    bad: [{ data: { id: 1 }, success: 1, message: DONE, expires_in: '3600' }],
  },
  G: {
    shape: g(row),
    good: [{ type: 'FeatureCollection', features: [] }],
    bad: [{ type: 'Feature', features: [] }, { features: [] }, []],
  },
};

const SAYS = "You don't have permissions to access";
const errors = { name: ['The name field is required.'], type: ['The type field is required.'] };
const first = { success: 0, message: 'The name field is required.', errors };

const REFUSALS: Record<string, Case> = {
  'A0 of a stranger': {
    shape: a0Unauthenticated(),
    good: [{ success: 0, msg: 'Unauthenticated.', msg_arabic: 'Unauthenticated.' }],
    bad: [
      { success: 0, message: 'Unauthenticated.' },
      { success: 0, msg: 'Unauthenticated.', msg_arabic: 'غير مصرح' },
    ],
  },
  'A0 of a failure': {
    shape: a0SystemError(),
    good: [{ success: 0, msg: 'Internal system error.', msg_arabic: 'خطأ في النظام' }],
    bad: [{ success: 0, msg: 'Internal system error.', msg_arabic: 'خطأ في النظام', trace: 'at x.js:1' }],
  },
  A0: {
    shape: a0(),
    good: [{ success: 0, msg: 'Not found.', msg_arabic: 'غير موجود' }],
    bad: [
      { success: 0, msg: '', msg_arabic: '' },
      { statusCode: 404, message: 'Cannot GET /x', error: 'Not Found' },
    ],
  },
  'V-fail': {
    shape: vFail(row),
    good: [{ success: 0, message: 'Incorrect verification code.', data: { id: 1 } }],
    bad: [
      { success: 1, message: 'Incorrect verification code.', data: { id: 1 } },
      { success: 0, message: 'No.' },
    ],
  },
  'E with its fixed message': {
    shape: e('Validation failed.'),
    good: [{ success: 0, message: 'Validation failed.', errors }],
    bad: [{ success: 0, message: 'Validation failed', errors }, first, { success: 0, message: 'Validation failed.' }],
  },
  'E with the first error as message': {
    shape: e(),
    good: [first],
    bad: [
      { ...first, message: 'The type field is required.' },
      { ...first, message: 'The name field is required. (and 1 more error)' },
      { ...first, errors: {} },
      { ...first, errors: { name: [] } },
      { ...first, errors: { name: 'The name field is required.' } },
    ],
  },
  M: { shape: m(), good: [errors], bad: [{}, { errors }, [errors], { name: 'no list' }] },
  P: {
    shape: p(),
    good: [
      { success: 0, error: `${SAYS} localhost on this server.` },
      { success: 0, error: `${SAYS} api.example.com on this server.` },
      { success: 0, error: `${SAYS} [::1] on this server.` },
    ],
    bad: [
      { success: 0, error: `${SAYS} localhost:3000 on this server.` },
      { success: 0, error: `${SAYS} http://localhost on this server.` },
      { success: 0, error: `${SAYS} localhost on this server.}` },
      { error: `${SAYS} localhost on this server.` },
      { success: 0, error: `${SAYS}  on this server.` },
    ],
  },
  N: {
    shape: n('Order not found'),
    good: [{ error: 'Order not found' }],
    bad: [{ error: 'Order not found.' }, { success: 0, error: 'Order not found' }],
  },
  K: {
    shape: k('The API key is invalid or missing.'),
    good: [{ success: 0, message: 'The API key is invalid or missing.' }],
    bad: [
      { success: 0, message: 'Unauthenticated.' },
      { success: 0, msg: 'The API key is invalid or missing.' },
    ],
  },
  'K with a text of its own': { shape: k(), good: [{ success: 0, message: 'x' }], bad: [{ success: 0, message: '' }] },
};

describe.each(Object.entries({ ...SUCCESSES, ...REFUSALS }))('envelope %s', (_, { shape, good, bad }) => {
  it.each(good.map((value) => [value]))('is %j', (value) => {
    expect(mismatches(value, shape)).toEqual([]);
  });

  it.each(bad.map((value) => [value]))('is not %j', (value) => {
    expect(mismatches(value, shape)).not.toEqual([]);
  });
});
