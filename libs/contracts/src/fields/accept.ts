import { type ValidationError, validateSync } from 'class-validator';
import type { Dto } from '../core/operation';
import { FieldErrors } from '../core/refusal';
import { fieldsOf, type FieldRule } from './field';
import { refItemProblem } from './nested';

/** Objects in objects in objects: more than any operation documents. */
const DEEPEST = 8;
// Inputs without fields are valid, not "unknown".
const VALIDATION = { stopAtFirstError: true, forbidUnknownValues: false };

/** Stands in for an item that is no id, so that the others keep their places; nothing has it. */
const NO_ID = 0;

export interface Accepted<T> {
  readonly input: T;
  readonly errors: FieldErrors;
}

/**
 * Reads an input from what came over the wire: declared fields only, each turned into its type, then validated.
 * Fields that failed are left out of `input`, so that a handler which goes on to look things up does so with good ones.
 */
export function accept<T>(dto: Dto<T>, raw: unknown): Accepted<T> {
  const errors = new FieldErrors([...fieldsOf(dto).values()].map((rule) => rule.reported));
  const input = readInto(dto as Dto<object>, raw, 0) as T;
  judge(input as object, errors, '');
  return { input, errors };
}

function readInto(dto: Dto<object>, raw: unknown, depth: number): object {
  const instance = new dto() as Record<string, unknown>;
  if (typeof raw !== 'object' || raw === null || depth > DEEPEST) return instance;
  for (const rule of fieldsOf(dto).values()) {
    if (!Object.hasOwn(raw, rule.property)) continue;
    instance[rule.property] = readField(rule, (raw as Record<string, unknown>)[rule.property], depth);
  }
  return instance;
}

function readField(rule: FieldRule, raw: unknown, depth: number): unknown {
  const value = rule.read(raw);
  if (!rule.nested || typeof value !== 'object' || value === null) return value;
  const item = rule.nested();
  if (Array.isArray(value)) return value.map((one: unknown) => readInto(item, one, depth + 1));
  return rule.many ? value : readInto(item, value, depth + 1);
}

function judge(instance: object, errors: FieldErrors, path: string): void {
  const rules = fieldsOf(instance.constructor as Dto<object>);
  const record = instance as Record<string, unknown>;
  const failed = new Map(validateSync(instance, VALIDATION).map((e) => [e.property, textOf(e)]));
  for (const rule of rules.values()) {
    const text = failed.get(rule.property);
    if (text !== undefined) {
      errors.add(path + rule.reported, path ? qualified(text, rule, path) : text);
      delete record[rule.property];
    } else judgeItems(rule, record, errors, path);
  }
}

function judgeItems(rule: FieldRule, record: Record<string, unknown>, errors: FieldErrors, path: string): void {
  const value = record[rule.property];
  if (value === undefined || value === null || rule.opaque || !(rule.nested || rule.many)) return;
  if (!Array.isArray(value)) {
    if (rule.nested) judge(value, errors, `${path}${rule.reported}.`);
    return;
  }
  value.forEach((item: unknown, index) => {
    if (rule.nested) return judge(item as object, errors, `${path}${rule.reported}.${index}.`);
    const problem = refItemProblem(item, path + rule.reported, index);
    if (!problem) return;
    errors.add(`${path}${rule.reported}.${index}`, problem);
    value[index] = NO_ID;
  });
}

const textOf = (error: ValidationError): string => Object.values(error.constraints ?? {})[0] ?? '';

/** Inside lists and objects the reference names the whole path: "The selected connectors.0.id is invalid." */
const qualified = (text: string, rule: FieldRule, path: string): string =>
  text.replace(rule.label, path + rule.reported);
