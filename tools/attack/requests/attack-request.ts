import type { Who } from '../environment/people';

export const KINDS = [
  'as documented',
  'one field wrong',
  'wrong structure',
  'unreadable body',
  'other encodings',
  'path and query',
  'headers',
] as const;
export type Kind = (typeof KINDS)[number];

/** One generated request, before it is known which ids live. */
export interface AttackRequest {
  readonly kind: Kind;
  readonly who: Who | 'nobody';
  /** Path parameters, encoded; `@own` and `@other` stand for living ids. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly method?: string;
  readonly body?: string | Uint8Array;
}
