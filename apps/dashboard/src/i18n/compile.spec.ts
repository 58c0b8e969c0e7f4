import { createI18n } from 'vue-i18n';
import { compileMessage } from './compile';

const en = {
  plain: 'Orders',
  named: '{name} has {count} orders',
  list: 'Page {0} of {1}',
  plural: 'None | One | {count} of them',
  twice: 'One, {when} | {count} times, last {when}',
  braces: 'a {b',
};
// A warning that custom compilers are experimental, in development alone.
jest.spyOn(console, 'warn').mockImplementation(() => undefined);
const { global } = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: [],
  messages: { en },
  messageCompiler: compileMessage,
});
const t = global.t as (...given: unknown[]) => string;

describe('a text', () => {
  it('has its slots filled', () => {
    expect([t('plain'), t('named', { name: 'A', count: 2 }), t('list', [1, 9]), t('braces')]).toEqual([
      'Orders',
      'A has 2 orders',
      'Page 1 of 9',
      'a {b',
    ]);
    expect(t('named', { name: 'A' })).toBe('A has  orders');
  });

  it('has the form of its number', () => {
    expect([0, 1, 7].map((count) => t('plural', { count }))).toEqual(['None', 'One', '7 of them']);
    expect([1, 3].map((count) => t('twice', { count, when: 'today' }, count))).toEqual([
      'One, today',
      '3 times, last today',
    ]);
  });

  it('is its key where there is none', () => {
    expect(t('missing.text')).toBe('missing.text');
  });
});
