import type { components } from './schema';

type Responses = components['responses'];
type CodesOf<R> = R extends { headers: { 'X-Error-Code'?: infer C } } ? Exclude<C, undefined> : never;

/** The codes with which the API refuses; they are stable, the texts are not. */
export type ErrorCode = { [N in keyof Responses]: CodesOf<Responses[N]> }[keyof Responses];

/** What was wrong with each field. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** A refusal of the API. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** `unknown` for what did not come from the API itself, such as the answer of a proxy. */
  readonly code: ErrorCode | 'unknown';
  /** Id of the request in every log line; support asks for it. */
  readonly requestId: string | undefined;
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined;
  readonly body: unknown;

  constructor(response: Response, body: unknown) {
    super(messageIn(body) ?? `${response.status} ${response.statusText}`.trim());
    const { status, headers } = response;
    this.status = status;
    this.code = (headers.get('x-error-code') as ErrorCode | null) ?? 'unknown';
    this.requestId = headers.get('x-request-id') ?? undefined;
    this.retryAfter = secondsIn(headers);
    this.body = body;
  }

  /** What was wrong with each field, where validation failed. */
  get fields(): FieldErrors {
    const { body, code } = this;
    if (code !== 'validation_failed' || typeof body !== 'object' || body === null) return {};
    // One operation answers the bare map.
    return ('errors' in body ? body.errors : body) as FieldErrors;
  }
}

/** Seconds in `Retry-After`; the API sends no dates. */
export function secondsIn(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

/** The text of a refusal, in whichever of its forms. */
function messageIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { message, msg, error } = body as Record<string, unknown>;
  return [message, msg, error].find((text): text is string => typeof text === 'string');
}

/** An answer as the client gives it. */
interface Outcome {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** What an operation answers when it does not refuse. */
type Answered<R> = R extends { data: infer T } ? T : never;

/**
 * The answer itself.
 * @throws ApiError for a refusal
 */
export async function unwrap<R extends Outcome>(asked: Promise<R>): Promise<Answered<R>> {
  const { data, error, response } = await asked;
  if (!response.ok) throw new ApiError(response, error);
  return data as Answered<R>;
}
