import { mismatches } from './mismatches';
import {
  bool,
  id,
  int,
  list,
  literal,
  map,
  nullable,
  number,
  object,
  oneOf,
  oneOfValues,
  open,
  optional,
  ordered,
  pattern,
  rule,
  s2,
  string,
} from './shape';

describe('mismatches', () => {
  const pair = object({ id, price: s2 });

  it('has nothing to say of a value with exactly the shape', () => {
    expect(mismatches({ price: '1.00', id: 7 }, pair)).toEqual([]);
  });

  it('names a missing key, a key that is not documented and a wrong type by their paths', () => {
    expect(mismatches({ id: '7', extra: 1 }, pair)).toEqual([
      '$.id: expected id, got "7"',
      '$.price: missing',
      '$.extra: not documented',
    ]);
  });

  it('takes undefined for a value that is there and wrong, not for an absent key', () => {
    expect(mismatches({ id: undefined, price: '1.00' }, pair)).toEqual(['$.id: expected id, got undefined']);
  });

  it.each([[null], [[]], ['x'], [7], [undefined], [Buffer.from('x')]])('does not take %p for an object', (value) => {
    expect(mismatches(value, object({}))).toHaveLength(1);
    expect(mismatches(value, open())).toHaveLength(1);
    expect(mismatches(value, map(string))).toHaveLength(1);
  });

  it('is not deceived by keys that every object inherits', () => {
    expect(mismatches({}, object({ toString: string }))).toEqual(['$.toString: missing']);
    expect(mismatches(JSON.parse('{"constructor":1}'), object({}))).toEqual(['$.constructor: not documented']);
    expect(mismatches(JSON.parse('{"__proto__":1}'), object({}))).toEqual(['$.__proto__: not documented']);
  });

  it('writes keys that are no names in brackets', () => {
    const shape = object({ 'icon-image': string, 'connectors.0.id': list(string) });
    expect(mismatches({ 'icon-image': 1, 'connectors.0.id': [2] }, shape)).toEqual([
      '$["icon-image"]: expected string, got 1',
      '$["connectors.0.id"][0]: expected string, got 2',
    ]);
  });

  it('lets an optional key be absent, but not wrong', () => {
    const shape = object({ secure: optional(bool) });
    expect(mismatches({}, shape)).toEqual([]);
    expect(mismatches({ secure: true }, shape)).toEqual([]);
    expect(mismatches({ secure: null }, shape)).toEqual(['$.secure: expected bool, got null']);
  });

  it('minds the order of keys only where the shape fixes it', () => {
    const keys = { a: int, b: optional(int), c: int };
    expect(mismatches({ c: 1, a: 1 }, object(keys))).toEqual([]);
    expect(mismatches({ a: 1, c: 1 }, ordered(keys))).toEqual([]);
    expect(mismatches({ a: 1, b: 1, c: 1 }, ordered(keys))).toEqual([]);
    expect(mismatches({ a: 1, c: 1, b: 1 }, ordered(keys))).toEqual([
      '$: expected the keys in the order a, b, c, got "a, c, b"',
    ]);
  });

  it('lets an open object carry more', () => {
    expect(mismatches({ id: 1, more: {} }, open({ id }))).toEqual([]);
    expect(mismatches({ more: {} }, open({ id }))).toEqual(['$.id: missing']);
  });

  it('checks every item of a list, and its length when fixed', () => {
    expect(mismatches([], list(id))).toEqual([]);
    expect(mismatches([1, '2', 0], list(id))).toEqual(['$[1]: expected id, got "2"', '$[2]: expected id, got 0']);
    expect(mismatches([1], list(id, 2))).toEqual(['$: expected 2 items, got [1]']);
    expect(mismatches({ 0: 1 }, list(id))).toEqual(['$: expected a list, got {"0":1}']);
    expect(mismatches(null, list(id))).toEqual(['$: expected a list, got null']);
  });

  it('asks a map for at least one key', () => {
    expect(mismatches({ name: 'x' }, map(string))).toEqual([]);
    expect(mismatches({}, map(string))).toEqual(['$: expected an object with a key, got {}']);
    expect(mismatches({ name: 1 }, map(string))).toEqual(['$.name: expected string, got 1']);
  });

  it('takes null only where it is allowed', () => {
    expect(mismatches(null, nullable(s2))).toEqual([]);
    expect(mismatches('1.00', nullable(s2))).toEqual([]);
    expect(mismatches(undefined, nullable(s2))).toHaveLength(1);
    expect(mismatches(1, nullable(s2))).toEqual(['$: expected s2, got 1']);
  });

  it('tells literals and enumerations apart by type too', () => {
    expect(mismatches(1, literal(1))).toEqual([]);
    expect(mismatches(true, literal(1))).toEqual(['$: expected 1, got true']);
    expect(mismatches('1', literal(1))).toEqual(['$: expected 1, got "1"']);
    expect(mismatches('minutes', oneOfValues('minutes', 'energy'))).toEqual([]);
    expect(mismatches('kwh', oneOfValues('minutes', 'energy'))).toEqual([
      '$: expected one of minutes, energy, got "kwh"',
    ]);
    expect(mismatches('1', oneOfValues(0, 1))).toHaveLength(1);
  });

  it('matches patterns against strings only', () => {
    expect(mismatches('12', pattern(/^\d+$/))).toEqual([]);
    expect(mismatches(12, pattern(/^\d+$/))).toEqual(['$: expected /^\\d+$/, got 12']);
  });

  it('of several shapes reports the nearest', () => {
    const shape = oneOf(object({ a: int, b: int, c: int }), object({ x: int }));
    expect(mismatches({ x: 1 }, shape)).toEqual([]);
    expect(mismatches({ a: 1, b: 2, c: '3' }, shape)).toEqual(['$.c: expected int, got "3"']);
  });

  it('asks a rule only of a value with the shape', () => {
    const shape = rule<number>(number, 'an even number', (value) => value % 2 === 0);
    expect(mismatches(2, shape)).toEqual([]);
    expect(mismatches(3, shape)).toEqual(['$: expected an even number, got 3']);
    expect(mismatches('3', shape)).toEqual(['$: expected number, got "3"']);
  });

  it('cuts a long value short', () => {
    const [line = ''] = mismatches('x'.repeat(500), int);
    expect(line.length).toBeLessThan(110);
  });
});
