import { getMetadataStorage } from 'class-validator';
import type { Dto } from '../core/operation';
import { fieldsOf, type FieldRule, VALIDATOR } from './field';

/** What there is to know about a DTO class, worked out once. */
interface Plan {
  readonly rules: readonly FieldRule[];
  /** The names in error maps, in the order of declaration. */
  readonly order: readonly string[];
}

const plans = new WeakMap<Dto<object>, Plan>();

/** @throws Error when a field has a validator that is no field decorator: it would be passed over silently. */
export function planOf(dto: Dto<object>): Plan {
  const known = plans.get(dto);
  if (known) return known;
  const strange = getMetadataStorage()
    .getTargetValidationMetadatas(dto, '', true, false)
    .find(({ name }) => name !== VALIDATOR);
  if (strange) {
    throw new Error(`${dto.name}.${strange.propertyName}: write a field decorator in place of ${strange.name}.`);
  }
  const rules = [...fieldsOf(dto).values()];
  const plan = { rules, order: rules.map(({ reported }) => reported) };
  plans.set(dto, plan);
  return plan;
}
