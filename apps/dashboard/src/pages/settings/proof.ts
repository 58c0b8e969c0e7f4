import type { Values } from '../../forms/field';

/** What proves that it is the user who changes the login. */
export function proofOf({ current_password, second_factor_code }: Values) {
  const code = String(second_factor_code ?? '').trim();
  return { current_password: String(current_password ?? ''), ...(code ? { second_factor_code: code } : {}) };
}
