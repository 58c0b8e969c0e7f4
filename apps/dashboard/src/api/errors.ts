import { ApiError } from '@open-cpo/client';

/** An error as a person is shown it. */
export interface Shown {
  /** The API's text; undefined when the API was not reached. */
  readonly message: string | undefined;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly status: number;
}

/** Messages by the name of the field, as the API names it. */
export type Messages = Readonly<Record<string, readonly string[]>>;

/** What a form lacks before it can be a request of the API. */
export class FieldError extends Error {
  constructor(readonly fields: Messages) {
    super(Object.values(fields).flat().join(' '));
  }
}

/** Texts of errors come in two languages where the language of the request does not choose one. */
export function shownError(error: unknown, language: 'en' | 'ar'): Shown {
  if (!(error instanceof ApiError))
    return { message: undefined, code: localCode(error), requestId: undefined, status: 0 };
  const { body, message, code, requestId, status } = error;
  const arabic = (body as { msg_arabic?: unknown } | null)?.msg_arabic;
  const text = language === 'ar' && typeof arabic === 'string' ? arabic : message;
  return { message: text, code, requestId, status };
}

/** Why there is no answer of the API: `fetch` throws a `TypeError`, and a passkey that is not chosen a `DOMException`. */
function localCode(error: unknown): 'network' | 'passkey' | 'failed' {
  if (error instanceof DOMException) return error.name === 'AbortError' ? 'network' : 'passkey';
  return error instanceof TypeError ? 'network' : 'failed';
}

/** What was wrong with each field. */
export function fieldMessages(error: unknown): Messages {
  if (error instanceof FieldError) return error.fields;
  if (!(error instanceof ApiError)) return {};
  const entries = Object.entries(error.fields as Record<string, unknown>);
  return Object.fromEntries(
    entries.flatMap(([name, texts]) => {
      if (Array.isArray(texts)) return [[name, texts.map(String)]];
      return typeof texts === 'string' && isFieldMap(error.body) ? [[name, [texts]]] : [];
    }),
  );
}

const isFieldMap = (body: unknown): boolean => typeof body === 'object' && body !== null && 'errors' in body;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The messages of a field of a form: its own, those of its other spelling, and those of its parts. */
export function messagesOf(messages: Messages, name: string): string[] {
  const names = [name, snake(name)];
  return Object.entries(messages)
    .filter(([key]) => names.some((one) => key === one || key.startsWith(`${one}.`)))
    .flatMap(([, texts]) => texts);
}

export const isApiError = (error: unknown, code?: string): error is ApiError =>
  error instanceof ApiError && (code === undefined || error.code === code);
