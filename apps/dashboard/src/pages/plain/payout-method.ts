import type { Field, Values } from '../../forms/field';

/** What the API asks of a payout method; a bank transfer has an account besides. */
export function methodFields(kind: string, t: (key: string) => string): Field[] {
  const types = (['individual', 'company'] as const).map((value) => ({ value, title: t(`payouts.${value}`) }));
  const bank: Field[] = [
    { name: 'accountNumber', required: true, width: 8 },
    { name: 'bic', width: 4 },
  ];
  return [
    { name: 'fullname', required: true, width: 8 },
    { name: 'userType', type: 'select', required: true, items: types, width: 4 },
    { name: 'address', required: true },
    { name: 'TIN', required: true, width: 6 },
    { name: 'email', type: 'email', required: true, width: 6 },
    ...(kind === 'bank_transfer' ? bank : []),
    { name: 'current_password', type: 'password', autocomplete: 'current-password', width: 6, hint: 'confirm' },
    { name: 'second_factor_code', autocomplete: 'one-time-code', width: 6 },
  ];
}

export const methodValues = (kind: string): Values =>
  Object.fromEntries(
    methodFields(kind, (key) => key).map(({ name }) => [name, name === 'userType' ? 'individual' : '']),
  );
