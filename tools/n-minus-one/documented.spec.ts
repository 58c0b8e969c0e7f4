import { Documented, firstId, type Document } from './documented';

const schema = {
  type: 'object',
  required: ['status'],
  properties: { status: { enum: ['paid', 'open'] }, next: { $ref: '#/components/schemas/Next' } },
};
const document = {
  paths: {
    '/orders': {
      get: {
        parameters: [{ name: 'from', in: 'query', required: true, example: '2026-01-01' }],
        responses: { 200: { content: { 'application/json': { schema } } }, 404: { $ref: '#/components/responses/No' } },
      },
    },
    '/orders/{id}': { get: { responses: {} } },
    '/orders/{id}/lines/{line}': { get: { responses: {} } },
    '/orders/export': { get: { responses: {} } },
    '/search': { get: { parameters: [{ name: 'q', in: 'query', required: true }], responses: {} } },
    '/writes': {},
  },
  components: { responses: { No: {} }, schemas: { Next: { type: 'integer' } } },
} as unknown as Document;
const documented = new Documented(document);
const problems = (body: unknown, status = 200): string[] =>
  documented.problems('/orders', { status, type: 'application/json; charset=utf-8', body });

describe('what clients of a version rely on', () => {
  it('is read with what must be given, and without what begins work', () => {
    expect(documented.reads()).toEqual([
      { path: '/orders', query: 'from=2026-01-01' },
      { path: '/orders/{id}', query: '' },
    ]);
  });

  it('holds with properties that are new', () => {
    expect(problems({ status: 'paid', next: 1, tip: 3 })).toEqual([]);
    expect(problems({}, 404)).toEqual([]);
  });

  it.each([
    ['a property that is missing', {}, /required property/],
    ['a value that is unknown', { status: 'parked' }, /allowed values/],
    ['another type', { status: 'paid', next: null }, /integer/],
  ])('does not hold with %s', (_what, body, words) => {
    expect(problems(body)).toEqual([expect.stringMatching(words)]);
  });

  it('does not hold with a status that is new', () => {
    expect(problems({}, 500)).toEqual(['GET /orders: 500 is not documented']);
  });

  it('finds an id in a list', () => {
    expect(firstId({ results: { data: [{ id: 7, of: { id: 8 } }] } })).toBe('7');
    expect(firstId([])).toBeUndefined();
  });
});
