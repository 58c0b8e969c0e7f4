import type { Dto } from '../core/operation';
import { readFields } from './class-validator';
import type { FieldRule } from './field';

/** What there is to know about a DTO class, worked out once. */
interface Plan {
  readonly fields: ReadonlyMap<string, FieldRule>;
  readonly rules: readonly FieldRule[];
  /** The names in error maps, in the order of declaration. */
  readonly order: readonly string[];
}

const plans = new WeakMap<Dto<object>, Plan>();

/** @throws Error for a decorator of class-validator that cannot be honoured */
export function planOf(dto: Dto<object>): Plan {
  const known = plans.get(dto);
  if (known) return known;
  const fields = readFields(dto);
  const rules = [...fields.values()];
  const plan = { fields, rules, order: rules.map(({ reported }) => reported) };
  plans.set(dto, plan);
  return plan;
}

/** The fields of a DTO class by their names, in their order, inherited ones first. */
export const fieldsOf = (dto: abstract new () => unknown): ReadonlyMap<string, FieldRule> =>
  planOf(dto as Dto<object>).fields;
