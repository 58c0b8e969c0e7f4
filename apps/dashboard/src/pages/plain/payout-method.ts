import type { Field, Values } from '../../forms/field';

/**
 * What the API asks of a payout method; a bank transfer has an account besides. Numbers are shown masked, so that a change asks for
 * the new one or nothing.
 */
export function methodFields(kind: string, t: (key: string) => string, exists = false): Field[] {
  const types = (['individual', 'company'] as const).map((value) => ({ value, title: t(`payouts.${value}`) }));
  const needed = exists ? { hint: 'unchanged' } : { required: true };
  const bank: Field[] = [
    { name: 'accountNumber', ...needed, width: 8 },
    { name: 'bic', width: 4 },
  ];
  return [
    { name: 'fullname', required: !exists, width: 8 },
    { name: 'userType', type: 'select', required: true, items: types, width: 4 },
    { name: 'address', ...needed },
    { name: 'TIN', ...needed, width: 6 },
    { name: 'email', type: 'email', ...needed, width: 6 },
    { name: 'id', label: 'identityNumber', ...needed },
    ...(kind === 'bank_transfer' ? bank : []),
    { name: 'current_password', type: 'password', autocomplete: 'current-password', width: 6, hint: 'confirm' },
    { name: 'second_factor_code', autocomplete: 'one-time-code', width: 6, hint: 'ifAny' },
  ];
}

/** Fields whose values the API shows as they were entered. */
const SHOWN = ['fullname', 'userType', 'bic'];

export function methodValues(kind: string, details?: unknown): Values {
  const known = (details ?? {}) as Values;
  return Object.fromEntries(
    methodFields(kind, (key) => key).map(({ name }) => {
      const value = SHOWN.includes(name) ? known[name] : undefined;
      return [name, value ?? (name === 'userType' ? 'individual' : '')];
    }),
  );
}

export const filledIn = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== '' && value !== undefined && value !== null),
  );

/** What is to change: what was left empty, or is as it was, stays. */
export function changedMethod(details: unknown, values: Values): Values {
  const known = (details ?? {}) as Values;
  return Object.fromEntries(
    Object.entries(filledIn(values)).filter(([name, value]) => !SHOWN.includes(name) || value !== known[name]),
  );
}
