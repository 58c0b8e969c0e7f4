import { mergeIdentical, nullsAsTypes, shareRefusals } from './rework';

describe('null in OpenAPI 3.1', () => {
  it.each([
    ['a scalar', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['what is never null', { type: 'string', nullable: false }, { type: 'string' }],
    ['a fixed set', { type: 'string', enum: ['a'], nullable: true }, { type: ['string', 'null'], enum: ['a', null] }],
    ['a reference', { allOf: [{ $ref: '#/x' }], nullable: true }, { anyOf: [{ $ref: '#/x' }, { type: 'null' }] }],
    ['anything', { nullable: true, description: 'Any.' }, { description: 'Any.' }],
    [
      'items',
      { type: 'array', items: { type: 'integer', nullable: true } },
      { type: 'array', items: { type: ['integer', 'null'] } },
    ],
  ])('is a type of %s', (_what, before, after) => {
    expect(JSON.parse(JSON.stringify(nullsAsTypes(before)))).toEqual(after);
  });
});

describe('two paths of one URL pattern', () => {
  const paths = {
    '/a/{type}': { get: { parameters: [{ name: 'type', in: 'path' }] } },
    '/a/{type}/b': { get: {} },
    '/a/{id}': {
      put: {
        parameters: [
          { name: 'id', in: 'path' },
          { name: 'id', in: 'query' },
        ],
      },
      delete: {},
    },
  };

  it('are one item, under the first name', () => {
    const merged = mergeIdentical(paths);
    expect(Object.keys(merged)).toEqual(['/a/{type}', '/a/{type}/b']);
    expect(merged['/a/{type}']).toEqual({
      get: { parameters: [{ name: 'type', in: 'path' }] },
      put: {
        parameters: [
          { name: 'type', in: 'path', description: 'The id.' },
          { name: 'id', in: 'query' },
        ],
      },
      delete: { parameters: [] },
    });
  });

  it('are left as they were given', () => {
    expect(Object.keys(paths['/a/{type}'])).toEqual(['get']);
  });
});

describe('refusals', () => {
  it('that are alike are said once', () => {
    const same = (): object => ({ description: 'No.' });
    const get = { responses: { 200: { description: 'Done.' }, 404: same() } };
    const put = { responses: { 404: same(), 500: { description: 'Oh.' } } };
    const patch = { responses: { 404: { description: 'Other.' } } };
    const shared = shareRefusals({ '/a': { get, put, patch } });
    expect(shared).toEqual({
      Refused404: { description: 'No.' },
      Refused404_2: { description: 'Other.' },
      Refused500: { description: 'Oh.' },
    });
    const refTo = (name: string): object => ({ $ref: `#/components/responses/${name}` });
    expect(get.responses).toEqual({ 200: { description: 'Done.' }, 404: refTo('Refused404') });
    expect(put.responses).toEqual({ 404: refTo('Refused404'), 500: refTo('Refused500') });
    expect(patch.responses).toEqual({ 404: refTo('Refused404_2') });
  });
});
