import type { Payload } from '../frames/frame';

/** Settings of a charger that are read of one message, and characters of each. */
export const MAX_RESULTS = 500;
export const MAX_VALUE = 2000;
const MAX_NAME = 100;

export const isObject = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectsIn = (value: unknown): readonly Payload[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Neither NUL nor half of a surrogate pair can be stored. */
export function textOf(value: unknown, max: number): string {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return '';
  return String(value).replaceAll('\u0000', '').slice(0, max).toWellFormed();
}

/** `Component.Variable` of what names both; absent where one is missing. */
export function nameIn({ component, variable }: Payload): string | undefined {
  const [first, second] = [component, variable].map((one) => (isObject(one) ? textOf(one.name, MAX_NAME) : ''));
  return first && second ? `${first}.${second}` : undefined;
}
