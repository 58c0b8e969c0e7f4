import type { FieldErrors } from '@open-cpo/contracts';
import { isValidBIC, isValidIBAN } from 'ibantools';

const IBAN_FORM = /^[A-Z]{2}\d{2}/;
/** National account numbers, with the routing number that belongs to them where a country writes both as one. */
const NATIONAL_FORM = /^\d{4,34}$/;

const NO_ACCOUNT = 'The account number field must be a valid IBAN or account number.';
const NO_BIC = 'The bic field must be a valid BIC.';

export interface BankAccount {
  readonly accountNumber?: string | null;
  readonly bic?: string | null;
}

/** As banks exchange it: capitals and digits without blanks, dashes, dots and slashes. */
const electronic = (text: string): string => text.replace(/[\s./-]/g, '').toUpperCase();
/** The same, of what people put before it in print. */
export const accountNumberOf = (text: string): string => electronic(text).replace(/^IBAN:?(?=[A-Z]{2}\d{2})/, '');

/**
 * Whether money can be sent to it: an IBAN of a country that has them, with its length, structure and check digits (ISO 13616),
 * or the digits of a national account number.
 */
export const isAccountNumber = (number: string): boolean =>
  IBAN_FORM.test(number) ? isValidIBAN(number) : NATIONAL_FORM.test(number);

/** The input with its bank account in electronic form; what is wrong with it is added to the errors. */
export function withBankAccount<T extends BankAccount>(input: T, errors: FieldErrors): T {
  const accountNumber = read(input.accountNumber, accountNumberOf);
  const bic = read(input.bic, electronic);
  if (accountNumber && !errors.has('account_number') && !isAccountNumber(accountNumber)) {
    errors.add('account_number', NO_ACCOUNT);
  }
  if (bic && !errors.has('bic') && !isValidBIC(bic)) errors.add('bic', NO_BIC);
  return { ...input, accountNumber, bic };
}

/** What is no text is refused by the field itself. */
const read = (value: string | null | undefined, as: (text: string) => string): string | null | undefined =>
  typeof value === 'string' ? as(value) : value;
