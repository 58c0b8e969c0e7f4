import type { LogFields } from './log';
import { isError } from './redaction';

const isFields = (value: unknown): value is LogFields =>
  typeof value === 'object' && value !== null && !isError(value) && !Array.isArray(value);

const looksLikeStack = (text: string): boolean => /\n[ \t]+at /.test(text);

/** Brings our calls (text, fields or error) and Nest's (text, stack, context) into one form. */
export function fieldsFrom(message: unknown, rest: readonly unknown[]): { text: string; fields: LogFields } {
  const fields: Record<string, unknown> = {};
  for (const item of rest) {
    if (isError(item)) fields.error = item;
    else if (isFields(item)) Object.assign(fields, item);
    else if (typeof item === 'string')
      Object.assign(fields, looksLikeStack(item) ? { stack: item } : { context: item });
  }
  if (isError(message)) return { text: message.message, fields: { ...fields, error: message } };
  if (isFields(message)) return { text: '', fields: { ...message, ...fields } };
  return { text: String(message), fields };
}

const CHATTER = /^(InstanceLoader|NestFactory|RoutesResolver|RouterExplorer|NestMicroservice|NestApplication)$/;

/** Nest logs each module and route at its start: useful while debugging only. */
export const isFrameworkChatter = (rest: readonly unknown[]): boolean =>
  rest.some((item) => typeof item === 'string' && CHATTER.test(item));
