import { commandLine, wholeNumber } from './command-line';
import { StackError } from './terminal';

describe('a command line', () => {
  const options = { only: { type: 'string', multiple: true }, short: { type: 'boolean', default: false } } as const;

  it('is read as declared', () => {
    expect(commandLine({ args: ['--only', 'a', '--only=b'], options }).values).toEqual({
      only: ['a', 'b'],
      short: false,
    });
  });

  it.each([['--long'], ['--only'], ['--short=yes'], ['word']])('with %s is answered without a stack trace', (arg) => {
    expect(() => commandLine({ args: [arg], options })).toThrow(StackError);
  });

  it('takes whole numbers within their bounds', () => {
    expect([wholeNumber('n', undefined, 9), wholeNumber('n', '9', 9), wholeNumber('n', '999999999')]).toEqual([
      undefined,
      9,
      999_999_999,
    ]);
    for (const text of ['0', '10', '-1', '1.5', '1e3', '', ' 1', 'ten', '9999999999']) {
      expect(() => wholeNumber('n', text, 9)).toThrow('--n is a whole number from 1 to 9.');
    }
  });
});
