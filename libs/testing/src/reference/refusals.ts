import { a0, a0Unauthenticated, a0SystemError, e, k, m, n, p, vFail } from './envelopes';
import type { Letter } from './envelopes';
import type { OperationNumber } from './operation';
import type { Shape } from './shape';
import { verification } from './shapes/auth';

/** Why an operation refuses. `missing` is a row that is not there, or a path segment that is not an id. */
export type Reason =
  | 'unauthenticated'
  | 'api-key'
  | 'forbidden'
  | 'missing'
  | 'invalid'
  | 'wrong-code'
  | 'unknown-token'
  | 'bad-credentials'
  | 'throttled'
  | 'conflict'
  | 'failed';

/** Texts by field. */
export type FieldTexts = Readonly<Record<string, readonly string[]>>;

/** One way in which an operation refuses. */
export interface Refusal {
  readonly when: Reason;
  readonly status: number;
  readonly letter: Letter;
  readonly shape: Shape;
  /** Whether the reference shows it for this operation, or only the project's decisions give it. */
  readonly documented: boolean;
  /** The exact texts that the reference shows, by field. */
  readonly texts?: FieldTexts;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const SHOWS_UNAUTHENTICATED = new Set<OperationNumber>([
  ...range(16, 21),
  ...range(31, 35),
  ...range(38, 40),
  ...range(42, 73),
]);
const SHOWS_FORBIDDEN = new Set<OperationNumber>([20, 21, 48, 49, 52, 53, 54, 59, 60, 65, 66, 68, 72, 73]);

/** Builds a refusal that the reference does not show; spread `documented: true` over it where it does. */
const refusal = (when: Reason, status: number, letter: Letter, shape: Shape): Refusal => ({
  when,
  status,
  letter,
  shape,
  documented: false,
});

const isV3 = (path: string) => path.startsWith('/api/v3/');

/** No token, or one that no longer counts. The reference prints 500 for it; 401 is the project's answer. */
export const unauthenticated = (number: OperationNumber, path: string): Refusal => ({
  ...(isV3(path)
    ? refusal('unauthenticated', 401, 'K', k('Unauthenticated.'))
    : refusal('unauthenticated', 401, 'A0', a0Unauthenticated())),
  documented: SHOWS_UNAUTHENTICATED.has(number),
});

/** An API key was sent and is malformed, unknown, revoked or another account's. */
export const apiKeyRefused = (number: OperationNumber): Refusal => ({
  ...refusal('api-key', 401, 'K', k('The API key is invalid or missing.')),
  documented: number === 59,
});

/** Not permitted to the role, or somebody else's row. */
export const forbidden = (number: OperationNumber): Refusal => ({
  ...refusal('forbidden', 403, 'P', p()),
  documented: SHOWS_FORBIDDEN.has(number),
});

/** No such row. */
export const missing = (number: OperationNumber): Refusal => ({
  ...refusal('missing', 404, 'N', n('Invalid Resource Requested')),
  documented: number === 49,
});

/** No such order, which is also said of feedback and of rows of others. */
export const orderMissing = (number: OperationNumber): Refusal => ({
  ...refusal('missing', 404, 'N', n('Order not found')),
  documented: number === 24 || number === 29,
});

/** No such row, under `/api/v3`. */
export const missingV3 = (): Refusal => refusal('missing', 404, 'K', k());

/** A failing field, with a fixed message over the errors, or (none given) the first error as message. */
export const invalid = (message?: string, texts?: FieldTexts): Refusal => ({
  ...refusal('invalid', 422, 'E', e(message)),
  documented: texts !== undefined,
  ...(texts ? { texts } : {}),
});

/** A failing field, as a bare map. */
export const invalidBare = (texts: FieldTexts): Refusal => ({
  ...refusal('invalid', 422, 'M', m()),
  documented: true,
  texts,
});

/** A wrong code: the verification with one attempt less. */
export const wrongCode = (documented: boolean): Refusal => ({
  ...refusal('wrong-code', 422, 'V-fail', vFail(verification)),
  documented,
});

/** A verification token that is unknown or has expired. */
export const unknownToken = (): Refusal => refusal('unknown-token', 422, 'K', k());
/** The next code may not be sent yet. */
export const tooEarly = (): Refusal => refusal('throttled', 429, 'V-fail', vFail(verification));
/** Too many attempts. */
export const throttled = (): Refusal => refusal('throttled', 429, 'K', k());
/** A wrong e-mail or password: not 401, which clients take for an expired session. */
export const badCredentials = (): Refusal => refusal('bad-credentials', 422, 'K', k());
/** The deletion is refused while a session is active. */
export const notDeletable = (): Refusal => ({
  ...refusal('conflict', 400, 'N', n('Failed to delete Chargepoint')),
  documented: true,
});
/** The answer to a failure on our side that an operation documents. */
export const failed = (): Refusal => ({ ...refusal('failed', 500, 'A0', a0SystemError()), documented: true });

/** How a refusal looks that no operation documents (unknown route, method, size, type, limits, outages). */
export const undocumentedRefusal = (path: string): Shape => (isV3(path) ? k() : a0());
