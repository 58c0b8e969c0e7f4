import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEVIATIONS } from './deviations';
import { mismatches } from './mismatches';
import type { ReferenceOperation } from './operation';
import { OPERATIONS } from './operations';
import { operationOf } from './routes';
import type { Refusal } from './refusals';

/** The reference's own example answers, an operation's in ascending order of their status; abbreviated rows completed. */
const SAMPLES = JSON.parse(readFileSync(join(__dirname, 'samples.json'), 'utf8')) as Record<string, unknown[]>;

const each = Object.entries(SAMPLES).flatMap(([number, answers]) =>
  answers.map((value, sample) => ({ operation: operationOf(Number(number)), sample, value })),
);

const possible = ({ answers, refusals }: ReferenceOperation) => [...answers, ...refusals];
const deviationOf = (number: unknown, sample: number) =>
  DEVIATIONS.find((one) => one.number === number && one.sample === sample);

const named = each.map(({ operation, sample, value }) => ({
  operation,
  sample,
  value,
  name: `#${operation.number} ${operation.title} [${sample}]`,
}));
const flawed = named.filter(({ operation, sample }) => deviationOf(operation.number, sample));
const sound = named.filter(({ operation, sample }) => !deviationOf(operation.number, sample)?.mismatches.length);

describe('the example answers of the reference', () => {
  it.each(sound)('$name is one of the answers of its operation', ({ operation, value }) => {
    const complaints = possible(operation).map(({ shape }) => mismatches(value, shape));
    expect(complaints.filter((lines) => lines.length === 0).length).toBeGreaterThan(0);
  });

  it.each(flawed)('$name departs from its answer exactly where it is known to', ({ operation, sample, value }) => {
    const deviation = deviationOf(operation.number, sample);
    const meant = possible(operation).filter(({ status }) => status === deviation?.status);
    expect(meant.map(({ shape }) => mismatches(value, shape))).toContainEqual(deviation?.mismatches);
  });

  it('has every known deviation among its samples', () => {
    expect(flawed).toHaveLength(DEVIATIONS.length);
  });

  it('shows all the successes there are, but those that it leaves out', () => {
    const silent = OPERATIONS.filter(({ number }) => !SAMPLES[String(number)]).map(({ number }) => number);
    expect(silent).toEqual([1, 5, 6, 7, 23, 28]);
  });
});

const isShown = ({ number }: ReferenceOperation, refusal: Refusal) => {
  const answers = SAMPLES[String(number)] ?? [];
  return answers.some(
    (value, sample) =>
      mismatches(value, refusal.shape).join() === (deviationOf(number, sample)?.mismatches ?? []).join(),
  );
};

describe('a refusal counts as documented', () => {
  /* The broken captures of the user's own data look like the refusal of no operation. */
  const refusals = OPERATIONS.flatMap((operation) =>
    operation.refusals.map((refusal) => ({ operation, refusal, name: `#${operation.number} ${refusal.when}` })),
  );

  it.each(refusals)('if and only if the reference shows it: $name', ({ operation, refusal }) => {
    expect(isShown(operation, refusal)).toBe(refusal.documented);
  });

  const worded = refusals.filter(({ refusal }) => refusal.texts);

  it.each(worded)('with the texts that the reference shows: $name', ({ operation, refusal }) => {
    const shown = (SAMPLES[String(operation.number)] ?? []).find(
      (value) => mismatches(value, refusal.shape).length === 0,
    );
    const { errors = shown } = shown as { errors?: unknown };
    expect(errors).toEqual(refusal.texts);
  });
});

type Path = readonly (string | number)[];
type Mutant = readonly [what: string, mutant: unknown];

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const pathsOf = (value: unknown, path: Path = []): Path[] =>
  isTree(value) ? [path, ...Object.keys(value).flatMap((key) => pathsOf(value[key], [...path, key]))] : [path];

/** The value with what stands at a path replaced, or (undefined) removed. */
const changed = (value: unknown, [key, ...rest]: Path, to: unknown): unknown => {
  if (key === undefined) return to;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  const inner = changed(copy[key], rest, to);
  if (inner === undefined) delete copy[key];
  else copy[key] = inner;
  return copy;
};

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((part, key) => (isTree(part) ? part[key] : undefined), value);

const isItem = (value: unknown, path: Path) => Array.isArray(at(value, path.slice(0, -1)));

/** An alien object where anything stood, an alien key in every object, and every key of an object gone. */
const mutantsOf = (value: unknown): Mutant[] =>
  pathsOf(value).flatMap((path) => {
    const where = path.join('.');
    const part = at(value, path);
    const mutants: Mutant[] = [[`${where} alien`, changed(value, path, { alien: 1 })]];
    if (isTree(part) && !Array.isArray(part))
      mutants.push([`${where} more`, changed(value, path, { ...part, alien: 1 })]);
    if (path.length > 0 && !isItem(value, path)) mutants.push([`${where} gone`, changed(value, path, undefined)]);
    return mutants;
  });

/** What a shape leaves open on purpose: keys that may be absent, and values that are any object. */
const LEFT_OPEN = /(?:^|\.)(?:address_line_[123]|zipcode|city|state|latitude|longitude) gone$|external_details alien$/;
const isOpenModel = (operation: ReferenceOperation) => operation.number === 47 || operation.number === 48;

describe('an example answer that is changed', () => {
  const successes = sound.filter(
    ({ operation, value }) => mismatches(value, operation.answers[0].shape).length === 0 && value !== '',
  );

  it.each(successes)('is no longer taken, wherever it is: $name', ({ operation, value }) => {
    const survivors = mutantsOf(value)
      .filter(([what]) => !(LEFT_OPEN.test(what) && (isOpenModel(operation) || what.endsWith('alien'))))
      .filter(([, mutant]) => mismatches(mutant, operation.answers[0].shape).length === 0)
      .map(([what]) => what);
    expect(survivors).toEqual([]);
  });

  it('is tried in more than a thousand ways', () => {
    expect(successes.flatMap(({ value }) => mutantsOf(value)).length).toBeGreaterThan(1000);
  });
});
