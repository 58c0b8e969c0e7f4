import type { Dto } from '../core/operation';
import { FieldErrors } from '../core/refusal';
import { type FieldRule, problemOf } from './field';
import { refItemProblem } from './nested';
import { planOf } from './plan';

/** Objects in objects in objects: more than any operation documents. */
const DEEPEST = 8;

/** Stands in for an item that is no id, so that the others keep their places; nothing has it. */
const NO_ID = 0;

/** Where a field is: the keys above it, and whether one of them is a list. */
interface Place {
  readonly path: string;
  readonly inList: boolean;
}
const TOP: Place = { path: '', inList: false };

export interface Accepted<T> {
  readonly input: T;
  readonly errors: FieldErrors;
}

/**
 * Reads an input from what came over the wire: declared fields only, each turned into its type, then validated.
 * Fields that failed are left out of `input`, so that a handler which goes on to look things up does so with good ones.
 */
export function accept<T>(dto: Dto<T>, raw: unknown): Accepted<T> {
  const { order } = planOf(dto as Dto<object>);
  const errors = new FieldErrors(order);
  const input = readInto(dto as Dto<object>, raw, 0);
  judge(dto as Dto<object>, input, errors, TOP);
  return { input: input as T, errors };
}

function readInto(dto: Dto<object>, raw: unknown, depth: number): object {
  const instance = new dto() as Record<string, unknown>;
  if (typeof raw !== 'object' || raw === null || depth > DEEPEST) return instance;
  for (const rule of planOf(dto).rules) {
    if (!Object.hasOwn(raw, rule.property)) continue;
    instance[rule.property] = readField(rule, (raw as Record<string, unknown>)[rule.property], depth);
  }
  return instance;
}

function readField(rule: FieldRule, raw: unknown, depth: number): unknown {
  const value = rule.read(raw);
  if (!rule.nested || typeof value !== 'object' || value === null) return value;
  const item = rule.nested();
  if (!Array.isArray(value)) return rule.many ? value : readInto(item, value, depth + 1);
  // An item that is no object stays as it is, to be refused.
  return rule.many ? value.map((one: unknown) => (isObject(one) ? readInto(item, one, depth + 1) : one)) : value;
}

function judge(dto: Dto<object>, instance: object, errors: FieldErrors, place: Place): void {
  const record = instance as Record<string, unknown>;
  for (const rule of planOf(dto).rules) {
    const key = place.path + rule.reported;
    const problem = problemOf(rule, record[rule.property], labelOf(rule, key, place));
    if (problem !== undefined) {
      errors.add(key, problem);
      delete record[rule.property];
    } else judgeInside(rule, record[rule.property], errors, key, place);
  }
}

function judgeInside(rule: FieldRule, value: unknown, errors: FieldErrors, key: string, { inList }: Place): void {
  if (!isObject(value) || rule.opaque) return;
  if (Array.isArray(value)) value.forEach((item, index) => judgeItem(rule, value, item, errors, `${key}.${index}`));
  else if (rule.nested) judge(rule.nested(), value, errors, { path: `${key}.`, inList });
}

function judgeItem(rule: FieldRule, list: unknown[], item: unknown, errors: FieldErrors, key: string): void {
  const index = Number(key.slice(key.lastIndexOf('.') + 1));
  if (rule.nested && isObject(item)) return judge(rule.nested(), item, errors, { path: `${key}.`, inList: true });
  const problem = rule.nested ? `The ${key} field must be an array.` : refItemProblem(item, key);
  if (problem === undefined) return;
  errors.add(key, problem);
  list[index] = rule.nested ? new (rule.nested())() : NO_ID;
}

/**
 * Inside lists the reference names the whole key ("The selected connectors.0.id is invalid."), inside objects Laravel
 * puts blanks for the underscores of it.
 */
function labelOf(rule: FieldRule, key: string, { path, inList }: Place): string {
  if (path === '') return rule.label;
  return inList ? key : (rule.as ?? key.replaceAll('_', ' '));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
