import type { Method, OperationNumber } from '../operation';
import { OPERATIONS } from '../operations';
import type { FieldTexts, Reason } from '../refusals';

/** What a request must meet: a success status, or a refusal with the fields that it names. */
export type Verdict =
  { readonly accepted: number } | { readonly refused: Reason; readonly status: number; readonly fields?: FieldTexts };

/** A request of the reference, changed where it contradicts the reference's own rules. */
export interface Variant {
  readonly why: string;
  readonly url: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly verdict: Verdict;
}

/** A request as the reference prints it, with the verdict on it. */
export interface ExampleRequest {
  readonly number: OperationNumber;
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** What must exist for the verdict to hold; the caller is an owner. Ids in url and body may be replaced to make it so. */
  readonly given?: string;
  readonly verdict: Verdict;
  /** Half-way repairs that are still refused. */
  readonly stillRefused: readonly Variant[];
  /** The repaired request, which must be accepted. */
  readonly fixed?: Variant;
}

type Body = Readonly<Record<string, unknown>>;
type Change = Partial<Omit<Variant, 'why'>>;

interface Details {
  readonly body?: Body;
  readonly given?: string;
  readonly verdict?: Verdict;
  readonly stillRefused?: readonly (Change & { why: string })[];
  readonly fixed?: Change & { why: string };
}

const JSON_HEADERS = { 'Content-Type': 'application/json', Accept: 'application/json' };

/** The headers of an example: with a token, or with the reference's placeholder for one. */
export const exampleHeaders = (auth: boolean, token = '{YOUR_BEARER_TOKEN}'): Readonly<Record<string, string>> =>
  auth ? { Authorization: `Bearer ${token}`, ...JSON_HEADERS } : JSON_HEADERS;

/** Accepted with this status. */
export const accepted = (status = 200): Verdict => ({ accepted: status });
/** Refused for a field. */
export const refusedFields = (fields: FieldTexts): Verdict => ({ refused: 'invalid', status: 422, fields });
/** Refused because the path names nothing. */
export const notFound: Verdict = { refused: 'missing', status: 404 };

const vary = (url: string, body: Body | undefined, change: Change & { why: string }): Variant => ({
  url,
  ...(body ? { body } : {}),
  verdict: accepted(),
  ...change,
});

/** The example of an operation, once for each of its methods. */
export function example(number: OperationNumber, url: string, details: Details = {}): ExampleRequest[] {
  const { body, given, verdict = accepted(), stillRefused = [], fixed } = details;
  const methods = OPERATIONS.find((one) => one.number === number)?.methods ?? [];
  return methods.map((method) => ({
    number,
    method,
    url,
    headers: exampleHeaders(number !== 1),
    ...(body ? { body } : {}),
    ...(given ? { given } : {}),
    verdict,
    stillRefused: stillRefused.map((change) => vary(url, body, change)),
    ...(fixed ? { fixed: vary(url, body, fixed) } : {}),
  }));
}
