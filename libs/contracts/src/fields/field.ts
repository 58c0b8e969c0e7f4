import type { ApiPropertyOptions } from '@nestjs/swagger';
import { registerDecorator, type ValidationArguments } from 'class-validator';
import { ApiProperty } from '../core/documentation';

/** How one field of an input reads what came, judges it, and is documented. */
export interface FieldSpec {
  /** Laravel's words for the field: "ending time". By default the reported name with blanks. */
  readonly as?: string;
  /** `required`: must be there and not empty. `filled`: may be absent, but not empty. By default null and absent pass. */
  readonly presence?: 'required' | 'filled';
  /** Turns what came (JSON, form text) into the type; what cannot be turned is returned as it is. */
  readonly read: (raw: unknown) => unknown;
  /** What is wrong, or nothing. */
  readonly judge: (value: unknown, label: string) => string | undefined;
  readonly docs: ApiPropertyOptions;
  /** The DTO of the items or of the object itself, for nested fields. */
  readonly nested?: () => new () => object;
  readonly many?: boolean;
  /** Holds an id, or a list of ids. */
  readonly id?: boolean;
  /** The items are judged by `judge` itself. */
  readonly opaque?: boolean;
}

export interface FieldRule extends FieldSpec {
  readonly property: string;
  /** The name in error maps: scalars sent in camelCase are reported in snake_case. */
  readonly reported: string;
  readonly label: string;
}

/** What every field decorator takes. */
export interface FieldOptions {
  readonly as?: string;
  readonly presence?: 'required' | 'filled';
  readonly example?: unknown;
  readonly description?: string;
}

const RULES = Symbol('open-cpo:fields');

/** Name under which class-validator knows the fields' own validator. */
export const VALIDATOR = 'field';

type Target = { [RULES]?: Map<string, FieldRule> };

/** The fields of a DTO class that have field decorators, in their order, inherited ones first. */
export function declaredFields(dto: abstract new () => unknown): ReadonlyMap<string, FieldRule> {
  return (dto.prototype as Target)[RULES] ?? new Map();
}

/** `endingTime` -> `ending_time`; a name that begins with a capital, like `TIN`, is no camelCase and stays. */
export const snakeCase = (name: string): string =>
  name.replace(/(?<=[a-z0-9])[A-Z]+/g, (letters) => `_${letters.toLowerCase()}`);

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** What is wrong with the presence of a field, before its type is looked at. */
function presenceProblem({ presence, many }: FieldRule, value: unknown, label: string): string | undefined {
  const none = Array.isArray(value) && value.length === 0;
  // A present list may be emptied, but one that is required has items.
  const empty = isAbsent(value) || (none && (!many || presence === 'required'));
  if (!empty || !presence || (presence === 'filled' && value === undefined)) return undefined;
  return `The ${label} field is required.`;
}

/** What is wrong with the value of a field, or nothing. */
export function problemOf(rule: FieldRule, value: unknown, label = rule.label): string | undefined {
  return presenceProblem(rule, value, label) ?? (isAbsent(value) ? undefined : rule.judge(value, label));
}

/** Makes a property decorator that reads, validates (class-validator) and documents (OpenAPI) in one. */
export function field(spec: FieldSpec, options: FieldOptions = {}): PropertyDecorator {
  return (target, key) => {
    const property = String(key);
    const isArray = spec.many === true;
    const reported = isArray || spec.nested ? property : snakeCase(property);
    const label = options.as ?? spec.as ?? snakeCase(property).replaceAll('_', ' ');
    const rule: FieldRule = { ...spec, ...options, property, reported, label };
    const own = new Map(declaredFields(target.constructor as abstract new () => unknown));
    own.set(property, rule);
    Object.defineProperty(target, RULES, { value: own, configurable: true });
    // For those who validate instances of a DTO themselves; `accept` asks the rules without this detour.
    registerDecorator({
      name: VALIDATOR,
      target: target.constructor,
      propertyName: property,
      validator: {
        validate: (value: unknown) => problemOf(rule, value) === undefined,
        defaultMessage: (args?: ValidationArguments) => problemOf(rule, args?.value) ?? '',
      },
    });
    const { example, description } = options;
    ApiProperty({
      ...spec.docs,
      ...(example === undefined ? {} : { example }),
      ...(description === undefined ? {} : { description }),
      required: options.presence === 'required',
      ...(options.presence ? {} : { nullable: true }),
    } as ApiPropertyOptions)(target, key);
  };
}
