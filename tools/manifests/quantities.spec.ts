import { describeRendered, overlays, rendered, renderedWith } from './render';

/** Fields whose values, or the values in them, are quantities. */
const FIELDS = /^(?:limits|requests|hard|default|defaultRequest|averageValue|sizeLimit|size)$/;

/** Quantities in an object, each with its path. */
function quantities(part: unknown, path = '', inside = false): [string, string][] {
  if (inside && (typeof part === 'string' || typeof part === 'number')) return [[path, String(part)]];
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) =>
    quantities(value, `${path}.${name}`, FIELDS.test(name) || (inside && !Array.isArray(part))),
  );
}

/**
 * Whether an API server gives the text back as it is: whole, with the largest unit. It writes other texts again, and each apply
 * on the server then finds a difference, which another field manager refuses.
 */
export function isCanonical(text: string): boolean {
  const [, digits, unit = ''] = /^(0|[1-9]\d*)([mkMGT]|[KMGT]i)?$/.exec(text) ?? [];
  if (!digits) return false;
  if (digits === '0') return unit === '';
  return BigInt(digits) % (unit.endsWith('i') ? 1024n : 1000n) !== 0n;
}

it.each([
  ['6k', true],
  ['6000', false],
  ['1500m', true],
  ['1.5', false],
  ['1000m', false],
  ['1Gi', true],
  ['1024Mi', false],
  ['0', true],
])('the quantity %s stays as it is: %s', (text, expected) => {
  expect(isCanonical(text)).toBe(expected);
});

describeRendered.each([
  ...overlays.map((name): [string, () => object[]] => [name, () => rendered(`overlays/${name}`)]),
  ...['dev', 'servers', 'servers-tls', 'servers-dev', 'servers-monitoring', 'recovery'].map(
    (name): [string, () => object[]] => [name, () => rendered(name)],
  ),
  ['quota', () => renderedWith('overlays/production', ['quota', 'operator', 'board'])],
])('the quantities of %s', (_name, manifests) => {
  it('are those that an API server gives back', () => {
    const found = quantities(manifests());
    expect(found.length).toBeGreaterThan(3);
    expect(found.filter(([, text]) => !isCanonical(text))).toEqual([]);
  });
});
