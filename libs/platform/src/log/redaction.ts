import { types } from 'node:util';

const SECRET = /pass(word|wd)?$|token|secret|authorization|cookie|api[-_]?key|private[-_]?key|^code$|^otp$|^pin$/i;
const REDACTED = '[redacted]';
const DEEPEST = 6;

/** Credentials in addresses, which drivers like to put into their messages: `scheme://user:password@host`. */
const CREDENTIALS = /(:\/\/[^\s:/@]*):[^\s@/]+@/g;
/** E-mail addresses, which mail servers repeat when they refuse them. */
const ADDRESS = /[^\s<>()[\]"',:;@/\\]{1,64}@[^\s<>()[\]"',:;@/\\]{1,190}\.[^\s<>()[\]"',:;@/\\.]+/g;

/** A text of somebody else's, such as an error's, without what must not be written down. */
export const withoutCredentials = (text: string): string =>
  text.includes('@') ? text.replace(CREDENTIALS, `$1:${REDACTED}@`).replace(ADDRESS, '[address]') : text;

/** Also those of another realm, as in sandboxes. */
export const isError = (value: unknown): value is Error => value instanceof Error || types.isNativeError(value);

/** An error as fields. Its `code` is kept: that one names a fault, not a person's secret. */
function errorFields(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = (error as NodeJS.ErrnoException).code;
  return {
    type: name,
    message: withoutCredentials(message),
    ...(code === undefined ? {} : { code }),
    stack: withoutCredentials(stack ?? ''),
    ...(cause === undefined ? {} : { cause: redacted(cause, depth + 1) }),
  };
}

/** A copy that may be written down: secrets are blanked by the name of their field, at any depth. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutCredentials(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > DEEPEST) return '[…]';
  if (isError(value)) return errorFields(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redacted(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET.test(key) && item !== undefined && item !== null ? REDACTED : redacted(item, depth + 1),
    ]),
  );
}
