import { BODY_PAIRS, isUnreadable, parseForm, parseQuery, TooManyPairs } from './form';

const parsed = (text: string) => parseForm(text, BODY_PAIRS);

describe('a form', () => {
  it.each([
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1+2%26%3D&b%20c=%D9%85', { a: '1 2&=', 'b c': 'م' }],
    ['a&b=&=c&&', { a: '', b: '' }],
    ['a=1=2', { a: '1=2' }],
    ['a=1&a=2&a=3', { a: ['1', '2', '3'] }],
    ['a[]=1&a[]=2', { a: ['1', '2'] }],
    ['a[]=1&a=2', { a: ['1', '2'] }],
    ['a%5B0%5D%5Bid%5D=7', { a: [{ id: '7' }] }],
    ['c[1][id]=2&c[0][id]=1&c[0][n]=9', { c: [{ id: '1', n: '9' }, { id: '2' }] }],
    ['c[][id]=1&c[][id]=2', { c: [{ id: '1' }, { id: '2' }] }],
    ['s[0][key]=title&s[0][order]=desc', { s: [{ key: 'title', order: 'desc' }] }],
    ['s[0].key=title&s[0].order=desc', { s: [{ key: 'title', order: 'desc' }] }],
    ['a[b][c][d][e][f]=1', { a: { b: { c: { d: { e: { f: '1' } } } } } }],
  ])('%s is its fields', (text, fields) => {
    expect(parsed(text)).toEqual(fields);
  });

  it('has lists without gaps, and names where a number is none of an item', () => {
    expect(parsed('a[9999]=x&a[7]=y')).toEqual({ a: ['y', 'x'] });
    expect(parsed('a[19999]=x')).toEqual({ a: { 19999: 'x' } });
    expect(parsed('a[0]=x&a[b]=y')).toEqual({ a: { 0: 'x', b: 'y' } });
    expect(parsed('a[01]=x')).toEqual({ a: { '01': 'x' } });
  });

  it.each(['a[b', 'a]b', '[a]', 'a[b]c', 'a[[b]]', 'a[b]x[c]', 'a[b][c][d][e][f][g]'])('takes %s for a name', (key) => {
    expect(parsed(`${key}=1`)).toEqual({ [key]: '1' });
  });

  it.each(['%', '%zz', 'a%2', '%FF', '%C3%28', '%E9t%E9', '%ED%A0%80'])('refuses the malformed escape %s', (text) => {
    expect(() => parsed(`a=${text}&b=%D9%85+c`)).toThrow(URIError);
    expect(() => parsed(`${text}=a`)).toThrow(URIError);
    expect(isUnreadable(parseQuery(`search=${text}`))).toBe(true);
  });

  it('cannot reach into prototypes', () => {
    const hostile = '__proto__[x]=1&constructor[prototype][x]=1&a[__proto__][x]=1&a[toString]=1&hasOwnProperty=1';
    expect(parsed(`${hostile}&name=A`)).toEqual({ name: 'A' });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('holds 1,000 amenities and 100 connectors, and refuses what no documented form has', () => {
    const amenities = Array.from({ length: 1000 }, (_, i) => `amenities[${i}]=${i}`);
    const connectors = Array.from({ length: 100 }, (_, i) => `connectors[${i}][id]=${i}&connectors[${i}][number]=${i}`);
    const form = parsed([...amenities, ...connectors].join('&')) as { amenities: unknown[]; connectors: unknown[] };
    expect([form.amenities.length, form.connectors.length]).toEqual([1000, 100]);
    expect(form.connectors[99]).toEqual({ id: '99', number: '99' });
    expect(() => parsed('a=&'.repeat(BODY_PAIRS + 1))).toThrow(TooManyPairs);
  });
});
