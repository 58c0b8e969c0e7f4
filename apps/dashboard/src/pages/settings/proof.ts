import type { Values } from '../../forms/field';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What proves that it is the user who changes the login. */
export function proofOf({ current_password, second_factor_code }: Values) {
  const code = text(second_factor_code).trim();
  return { current_password: text(current_password), ...(code ? { second_factor_code: code } : {}) };
}
