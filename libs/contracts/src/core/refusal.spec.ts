import { CATALOGUE, type ErrorCode, FieldErrors, Refusal, type WireRefusal } from '../index';

const codes = Object.keys(CATALOGUE) as ErrorCode[];

describe('a refusal', () => {
  it.each(codes)('%s travels whole, but for what is not public', (code) => {
    const details = {
      message: 'Said',
      fields: { a: ['b'] },
      data: { left: 1 },
      retryAfter: 9,
      cause: 'secret',
      keep: true,
    };
    const wire = JSON.parse(JSON.stringify(new Refusal(code, details).toWire())) as WireRefusal;
    const { kind } = CATALOGUE[code];
    expect(wire).toEqual({ kind, code, message: 'Said', fields: { a: ['b'] }, data: { left: 1 }, retryAfter: 9 });
    expect(Refusal.fromWire(wire)).toMatchObject({ ...wire, keep: false });
    expect(Refusal.fromWire(wire).cause).toBeUndefined();
  });

  it.each(codes)(
    '%s has a text for the client, one for the documentation, and a time to come back where it helps',
    (code) => {
      const refusal = new Refusal(code);
      expect(refusal.message).toBe(CATALOGUE[code].text);
      expect(CATALOGUE[code].help).not.toBe('');
      expect(refusal.retryAfter).toBe(CATALOGUE[code].retryAfter);
      if (['unavailable', 'deadline'].includes(refusal.kind)) expect(refusal.retryAfter).toBeGreaterThan(0);
    },
  );

  it('of a newer neighbour is understood by its kind', () => {
    const wire = { kind: 'conflict', code: 'locked_by_operator', message: 'Locked.' } as unknown as WireRefusal;
    expect(Refusal.fromWire(wire)).toMatchObject({ code: 'conflict', kind: 'conflict', message: 'Locked.' });
  });

  it.each(['toString', '__proto__', 'constructor'])('with the code %s is a fault of ours', (code) => {
    const wire = { kind: 'no kind', code, message: 'x' } as unknown as WireRefusal;
    expect(Refusal.fromWire(wire)).toMatchObject({ code: 'internal', kind: 'internal' });
  });
});

describe('field errors', () => {
  it('come in the order of declaration, what only the database knows among them', () => {
    const errors = new FieldErrors(['name', 'connectors', 'price']);
    errors.add('price', 'P1').add('other', 'O').add('connectors.10.id', 'C10').add('connectors.2.id', 'C2');
    errors.add('name', 'N').add('price', 'P2');
    expect(Object.entries(errors.toMap())).toEqual([
      ['name', ['N']],
      ['connectors.10.id', ['C10']],
      ['connectors.2.id', ['C2']],
      ['price', ['P1', 'P2']],
      ['other', ['O']],
    ]);
    expect([errors.has('price'), errors.has('title'), errors.empty]).toEqual([true, false, false]);
  });

  it('are thrown with the first message of the first field, and not at all when there are none', () => {
    expect(() => new FieldErrors().throwIfAny()).not.toThrow();
    const errors = new FieldErrors(['a', 'b']).add('b', 'B').add('a', 'A1').add('a', 'A2');
    expect(() => errors.throwIfAny()).toThrow(
      expect.objectContaining({ code: 'validation_failed', message: 'A1', fields: { a: ['A1', 'A2'], b: ['B'] } }),
    );
  });
});
