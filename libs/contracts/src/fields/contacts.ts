import { isEmail } from 'class-validator';
import { field, type FieldOptions } from './field';
import { Pattern, textProblem } from './scalars';
import { asAscii, withoutInvisible } from './scripts';

/** Blanks, escapes and control characters are valid within quotes, and misread by programs that send mail; so are they as of URLs. */
const UNSAFE = /[\s\\\p{Cc}]|%(?:[01][\da-f]|20|7f)/iu;

/** Compatibility forms, such as full-width letters, are another address to one server and the same to the next. */
const isPlain = (address: string): boolean => !UNSAFE.test(address) && address.normalize('NFKC') === address;

const emailProblem = (value: unknown, label: string): string | undefined =>
  textProblem(value, label) ??
  (isEmail(value) && isPlain(value as string) ? undefined : `The ${label} field must be a valid email address.`);

/** Characters of an address that is composed: marks in a row take time by the square of their number. A longer one is none. */
const LONGEST_COMPOSED = 1000;

function emailOf(text: string): string {
  const address = withoutInvisible(text).trim().toLowerCase();
  return address.length > LONGEST_COMPOSED ? address : address.normalize();
}

/** An e-mail address, in lower case, composed (NFC) and without invisible characters. */
export const Email = (o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => (typeof raw === 'string' ? emailOf(raw) || null : raw),
      judge: emailProblem,
      docs: { type: String, format: 'email', maxLength: 255 },
    },
    o,
  );

const PHONE = /^(?=.*\d)\+?[\d\s().\/-]{1,32}$/;

/** A telephone number as people write it, in the digits of any script; the handler makes digits of it. */
export const ContactNumber = (): PropertyDecorator =>
  Pattern(PHONE, 'The :attribute field must be a telephone number.', { example: '966977977974' });

/** A code of so many digits, also with blanks or dashes between and around them. */
export const DigitCode = (length: number, o: FieldOptions = {}): PropertyDecorator => {
  const form = new RegExp(`^\\d{${length}}$`);
  return field(
    {
      read: (raw) => (typeof raw === 'string' ? asAscii(raw).replace(/[\s-]/g, '') || null : raw),
      judge: (value, label) =>
        textProblem(value, label) ??
        (form.test(value as string) ? undefined : `The ${label} field must be ${length} digits.`),
      docs: { type: String, pattern: form.source },
    },
    o,
  );
};

/** Sixteen characters without those that are read for others (Crockford's base 32). */
export const RECOVERY_CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;
const LOGIN_CODE = /^(\d{4}|\d{6}|[0-9A-HJKMNP-TV-Z]{16})$/;
const SECOND_FACTOR_CODE = /^(\d{6}|[0-9A-HJKMNP-TV-Z]{16})$/;

const codeText = (raw: unknown): unknown =>
  typeof raw === 'string' ? asAscii(raw).replace(/[\s-]/g, '').toUpperCase() || null : raw;

const code = (form: RegExp, message: string, o: FieldOptions): PropertyDecorator =>
  field(
    {
      read: codeText,
      judge: (value, label) =>
        textProblem(value, label) ?? (form.test(value as string) ? undefined : message.replace(':attribute', label)),
      docs: { type: String, pattern: form.source },
    },
    o,
  );

/** A code of a letter (four digits), or one of a second factor. */
export const LoginCode = (o: FieldOptions = {}): PropertyDecorator =>
  code(LOGIN_CODE, 'The :attribute field must be 4 digits.', o);

/** A code of an authenticator app (six digits), or a recovery code. */
export const SecondFactorCode = (o: FieldOptions = {}): PropertyDecorator =>
  code(SECOND_FACTOR_CODE, 'The :attribute field must be 6 digits, or a recovery code.', o);
