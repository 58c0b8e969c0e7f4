import { resolve } from 'node:path';
import { accept } from '@open-cpo/contracts';
import { declaredPayloads, landed, payloadProblems, payloads } from './payloads';

const checkout = resolve(__dirname, '../..');
const present = payloads();
const declared = [...declaredPayloads()];

/** Whether any number in a value is none. */
const hasNaN = (value: unknown): boolean =>
  Number.isNaN(value) || (typeof value === 'object' && value !== null && Object.values(value).some(hasNaN));

describe('events and jobs of the version before', () => {
  it('are still understood: nothing became required, no value was taken away', () => {
    expect(payloadProblems(landed(checkout), present)).toEqual([]);
  });

  it('are all in tools/lint/landed-payloads.json: npm run openapi adds a new one', () => {
    const known = landed(checkout);
    const missing = Object.entries(present).flatMap(([name, fields]) =>
      Object.entries(fields)
        .filter(([path, { choices = [] }]) => {
          const before = known[name]?.[path];
          return !before || choices.some((choice) => !before.choices?.includes(choice));
        })
        .map(([path]) => `${name}: ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it.each([
    ['a field that became required', { kind: { required: false } }, { kind: { required: true } }, /kind is required/],
    ['a field that is new and required', {}, { kind: { required: true } }, /kind is required/],
    [
      'one that is new in an object that was written before',
      { of: { required: true } },
      { of: { required: true }, 'of.kind': { required: true } },
      /of.kind is required/,
    ],
    [
      'a value that was taken away',
      { kind: { required: true, choices: ['a', 'b'] } },
      { kind: { required: true, choices: ['a', 'c'] } },
      /does not know "b"/,
    ],
  ])('are found by %s', (_what, before, now, words) => {
    expect(payloadProblems({ event: before }, { event: now })).toEqual([expect.stringMatching(words)]);
  });

  it('are found by one that is not read any more', () => {
    expect(payloadProblems({ 'job old': {} }, {})).toEqual(['job old is not read any more']);
    const optional = { tip: { required: false }, kind: { required: true, choices: ['a', 'b', 'c'] } };
    expect(payloadProblems({ event: { kind: { required: true, choices: ['a'] } } }, { event: optional })).toEqual([]);
  });
});

describe('what a reader makes of what another version has written:', () => {
  it('there is more than one event and job', () => {
    expect(declared.length).toBeGreaterThan(20);
  });

  it.each(declared)('%s', (name, dto) => {
    const fields = Object.entries(present[name] ?? {}).filter(([path]) => !path.includes('.'));
    // Nothing at all: refused where something is required, and never a number that is none.
    const nothing = accept(dto, {});
    expect(nothing.errors.empty).toBe(!fields.some(([, { required }]) => required));
    for (const [path, { choices }] of fields) {
      for (const value of ['written by another version', {}, [], null, -1, 1e300]) {
        const { input, errors } = accept(dto, { [path]: value, 'new field': 1 });
        expect(hasNaN(input)).toBe(false);
        expect(input).not.toHaveProperty(['new field']);
        // A value that is not known is refused, not passed on.
        if (choices && value === 'written by another version') {
          expect(errors.empty).toBe(false);
          expect((input as Record<string, unknown>)[path]).not.toBe(value);
        }
      }
    }
  });
});
