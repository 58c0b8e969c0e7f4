import { accept, type Dto, Email, Text } from '../index';

/** What a field says of what came, or makes of it. */
function judged(decorator: PropertyDecorator, raw: unknown): unknown {
  class Input {
    @decorator value?: unknown;
  }
  const { input, errors } = accept(Input as Dto<{ value?: unknown }>, { value: raw });
  return errors.empty ? input.value : Object.values(errors.toMap())[0]?.[0];
}

describe('the work of reading a field', () => {
  it('has no composing of a text that is too long for an address: marks in a row take the square of their number', () => {
    const composed = jest.spyOn(String.prototype, 'normalize');
    const address = `a${'\u0301\u0327'.repeat(5000)}@example.com`;
    expect(judged(Email(), address)).toBe('The value field must not be greater than 255 characters.');
    expect(composed).not.toHaveBeenCalled();
    composed.mockRestore();
  });

  it('looks for the value of a digit once, however often it is written', () => {
    const looked = jest.spyOn(String, 'fromCodePoint');
    // The last one of fifty in a row.
    expect(judged(Text({ ascii: true, max: 500 }), '\u{1D7FF}'.repeat(500))).toBe('9'.repeat(500));
    expect(looked.mock.calls.length).toBeLessThan(60);
    looked.mockRestore();
  });
});
