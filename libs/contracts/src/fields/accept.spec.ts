import fc from 'fast-check';
import {
  accept,
  Amount,
  Bool,
  Choice,
  Day,
  Email,
  Id,
  Int,
  ListQuery,
  Nested,
  NestedList,
  Nothing,
  Numeric,
  Ref,
  RefList,
  SortBy,
  Text,
  TimeOfDay,
} from '../index';

class Connector {
  @Ref({ presence: 'required' }) id: number;
  @Int({ min: 0 }) connectorNumber?: number | null;
}
class Address {
  @Ref() country_id?: number | null;
  @Text({ as: 'line' }) line_1?: string | null;
}
class Site {
  @Id() id: number;
  @Text({ presence: 'filled', max: 20 }) companyName?: string;
  @Text({ as: 'ending time' }) endingTime?: string | null;
  @Text() TIN?: string | null;
  @Amount({ decimals: 2 }) price?: string | null;
  @Bool() listed?: boolean | null;
  @Numeric() latitude?: number | null;
  @Choice(['a', 'b']) kind?: string | null;
  @Email() email?: string | null;
  @Day() startDate?: string | null;
  @TimeOfDay() open?: string | null;
  @RefList() chargePoints?: number[] | null;
  @NestedList(() => Connector) connectors?: Connector[] | null;
  @Nested(() => Address) address?: Address | null;
}
const KEYS = new Set(Object.getOwnPropertyNames(Object.assign(new Site(), fullSite())));

function fullSite(): object {
  return {
    id: '7',
    companyName: ' Powerly ',
    endingTime: '23:59',
    TIN: '123-45-6789',
    price: '15.5',
    listed: 'true',
    latitude: '24.71',
    kind: 'a',
    email: 'ADA@example.org',
    startDate: '2026-01-02',
    open: '08:00',
    chargePoints: ['1', 2],
    connectors: [{ id: '3', connectorNumber: '0' }],
    address: { country_id: '5', line_1: 'King Fahd Road' },
  };
}
const problems = (raw: unknown) => accept(Site, raw).errors.toMap();

describe('an input', () => {
  it('sent as a form becomes what JSON would have been', () => {
    const { input, errors } = accept(Site, fullSite());
    expect(errors.empty).toBe(true);
    expect(input).toEqual({
      id: 7,
      companyName: 'Powerly',
      endingTime: '23:59',
      TIN: '123-45-6789',
      price: '15.5',
      listed: true,
      latitude: 24.71,
      kind: 'a',
      email: 'ada@example.org',
      startDate: '2026-01-02',
      open: '08:00',
      chargePoints: [1, 2],
      connectors: [{ id: 3, connectorNumber: 0 }],
      address: { country_id: 5, line_1: 'King Fahd Road' },
    });
    expect(input).toBeInstanceOf(Site);
  });

  it('loses what is not declared, at every depth', () => {
    const raw = JSON.parse(
      '{"id":1,"user_id":9,"__proto__":{"admin":true},"constructor":1,"connectors":[{"id":2,"x":1}]}',
    );
    const { input } = accept(Site, raw);
    expect(Object.keys(input)).toEqual(['id', 'connectors']);
    expect(Object.keys(input.connectors?.[0] ?? {})).toEqual(['id']);
    expect((input as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each([undefined, null, 5, 'text', true, [], [[1]]])('that is %p has no fields', (raw) => {
    expect(problems(raw)).toEqual({ id: ['The id field is required.'] });
    expect(accept(Nothing, raw)).toMatchObject({ input: {} });
  });

  it('names problems in the order of declaration, camelCase scalars in snake_case, lists as they were sent', () => {
    const raw = {
      address: { country_id: 'x', line_1: 5 },
      connectors: [{ id: 1 }, { id: 0, connectorNumber: -1 }],
      chargePoints: [1, 'x'],
      startDate: 'soon',
      TIN: 5,
      endingTime: 5,
      companyName: '',
      id: '0x1F',
    };
    expect(Object.entries(problems(raw)).map(([field, [text]]) => [field, text])).toEqual([
      ['id', 'The selected id is invalid.'],
      ['company_name', 'The company name field is required.'],
      ['ending_time', 'The ending time field must be a string.'],
      ['TIN', 'The TIN field must be a string.'],
      ['start_date', 'The start date field must match the format Y-m-d.'],
      ['chargePoints.1', 'The selected chargePoints.1 is invalid.'],
      ['connectors.1.id', 'The selected connectors.1.id is invalid.'],
      ['connectors.1.connector_number', 'The connectors.1.connector_number field must be at least 0.'],
      ['address.country_id', 'The selected address.country id is invalid.'],
      ['address.line_1', 'The line field must be a string.'],
    ]);
  });

  it('keeps what is good beside what is not, and items in their places', () => {
    const { input } = accept(Site, { id: 1, companyName: 5, chargePoints: [4, 'x', 6], connectors: [null, { id: 2 }] });
    expect(input).toEqual({ id: 1, chargePoints: [4, 0, 6], connectors: [{}, { id: 2 }] });
  });

  it('tells absent from empty', () => {
    expect(problems({ id: 1 })).toEqual({});
    expect(problems({ id: 1, companyName: null })).toHaveProperty('company_name');
    expect(accept(Site, { id: 1, endingTime: null, chargePoints: [] }).input).toEqual({
      id: 1,
      endingTime: null,
      chargePoints: [],
    });
  });

  it('does not take an empty list for a required one', () => {
    class Members {
      @RefList({ presence: 'required' }) ids: number[];
    }
    expect(accept(Members, { ids: [] }).errors.toMap()).toEqual({ ids: ['The ids field is required.'] });
  });

  it('inherits fields, which a subclass may tighten in their place', () => {
    class Tight extends ListQuery {
      @Text() filter?: string | null;
      @Int({ max: 2, presence: 'required' }) declare page: number;
    }
    expect(Object.keys(accept(Tight, { filter: 1, page: 3, itemsPerPage: 0 }).errors.toMap())).toEqual([
      'items_per_page',
      'page',
      'filter',
    ]);
    expect(accept(ListQuery, {}).errors.empty).toBe(true);
  });

  it('names a hundred fields at most', () => {
    const map = problems({ id: 1, chargePoints: Array.from({ length: 9000 }, () => 'x'), companyName: '' });
    expect(Object.keys(map)).toHaveLength(100);
    expect(Object.keys(map)[0]).toBe('company_name');
  });
});

describe('hostile input', () => {
  const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;

  it.each(Object.keys(fullSite()))('nested a hundred thousand times in %s is refused, not followed', (field) => {
    expect(Object.keys(problems({ id: 1, [field]: deep(100_000) }))).not.toEqual([]);
  });

  it('of 10,001 items is refused as a whole', () => {
    const text = 'The charge points field must not have more than 10000 items.';
    expect(problems({ id: 1, chargePoints: new Array(10_001).fill(1) })).toEqual({ chargePoints: [text] });
  });

  it('never makes it throw, and never brings a key that is not declared', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(Infinity, -0, NaN, 1e308, '1e400', '\ud800', '\0', '__proto__', {}, [[]], [null]),
    );
    const raw = fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string()), value);
    fc.assert(
      fc.property(raw, (input) => {
        const accepted = accept(Site, input);
        expect(Object.keys(accepted.input).filter((key) => !KEYS.has(key))).toEqual([]);
        for (const connector of accepted.input.connectors ?? []) {
          expect(Object.keys(connector).filter((key) => key !== 'id' && key !== 'connectorNumber')).toEqual([]);
        }
        accepted.errors.toMap();
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves numbers that fit, texts that can be stored, and nothing else', () => {
    const raw = fc.record({
      id: fc.anything(),
      companyName: fc.anything(),
      price: fc.anything(),
      latitude: fc.anything(),
    });
    fc.assert(
      fc.property(raw, (input) => {
        const { id, companyName, price, latitude } = accept(Site, input).input;
        if (id !== undefined) expect(Number.isInteger(id) && id > 0 && id < 2 ** 31).toBe(true);
        if (companyName !== undefined)
          expect(Buffer.from(companyName).toString() === companyName && !companyName.includes('\0')).toBe(true);
        if (price) expect(price).toMatch(/^\d+(\.\d{1,2})?$/);
        if (latitude) expect(Number.isFinite(latitude)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a list', () => {
  class Rows extends ListQuery {
    @SortBy(['name', 'id']) sortBy?: { key: string; order: string }[] | null;
  }
  const sorted = (sortBy: unknown): unknown => {
    const { input, errors } = accept(Rows, { sortBy });
    return errors.empty ? input.sortBy : errors.toMap();
  };

  it.each([
    [1, 1],
    ['1000', 1000],
    [-1, -1],
    ['-1', -1],
    ['', null],
  ])('of %p rows a page is taken as %p', (raw, value) => {
    expect(accept(ListQuery, { itemsPerPage: raw }).input.itemsPerPage).toBe(value);
  });

  it.each([0, -2, 1001, '1e2', '9'.repeat(40)])('of %p rows a page is refused', (raw) => {
    expect(accept(ListQuery, { itemsPerPage: raw }).errors.has('items_per_page')).toBe(true);
  });

  it('is sorted by documented keys, as fields of a form or as a JSON text', () => {
    expect(sorted([{ key: 'name', order: 'desc', x: 1 }])).toEqual([{ key: 'name', order: 'desc' }]);
    expect(sorted('[{"key":"id"}]')).toEqual([{ key: 'id', order: 'asc' }]);
    expect(sorted('')).toBeNull();
  });

  it.each([
    [{ key: 'id', order: 'desc' }],
    ['{"key":"id","order":"desc"}'],
    [['{"key":"id","order":"desc"}']],
    [[{ key: 'id' }, { order: 'DESC' }]],
    [[{ key: 'id', order: 'Desc' }]],
  ])('is sorted by %j as clients write it', (given) => {
    expect(sorted(given)).toEqual([{ key: 'id', order: 'desc' }]);
    expect(sorted([{ key: 'name' }, { key: 'id' }, { order: 'desc' }])).toEqual([
      { key: 'name', order: 'asc' },
      { key: 'id', order: 'desc' },
    ]);
  });

  it.each([
    [[{ key: 'password' }], { sortBy: ['The selected sortBy.0.key is invalid.'] }],
    [[{ key: 'name', order: 'up' }], { sortBy: ['The selected sortBy.0.order is invalid.'] }],
    [[null], { sortBy: ['The selected sortBy.0.key is invalid.'] }],
    ['name', { sortBy: ['The sortBy field must be an array.'] }],
    ['{', { sortBy: ['The sortBy field must be an array.'] }],
    [5, { sortBy: ['The sortBy field must be an array.'] }],
    [[{ order: 'asc' }], { sortBy: ['The selected sortBy.0.key is invalid.'] }],
    [['name'], { sortBy: ['The selected sortBy.0.key is invalid.'] }],
    [[{ key: 'id' }, { key: 'id' }, { key: 'id' }], { sortBy: ['The sortBy field must not have more than 2 items.'] }],
    // Each would be merged with all before it.
    [[{ a: 1 }, { b: 2 }, { c: 3 }], { sortBy: ['The sortBy field must not have more than 2 items.'] }],
  ])('sorted by %j is refused', (raw, map) => expect(sorted(raw)).toEqual(map));
});
