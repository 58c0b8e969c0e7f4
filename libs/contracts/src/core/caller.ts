import type { Role } from './permissions';
import { Refusal } from './refusal';

/**
 * Who asks, and under which conditions. Complete after one hop: no service asks another one who the caller is.
 * Travels as one header beside the input, so that the input's bytes are never opened on the way.
 */
export interface Caller {
  /** Names the request in every log line, trace and answer. */
  readonly requestId: string;
  /** Deadline in epoch milliseconds: later the response is discarded. */
  readonly deadline: number;
  /** Language of texts meant for people, by `Accept-Language`. */
  readonly language: Language;
  /** Address of the client as the gateway saw it. */
  readonly ip?: string;
  /** The client's `User-Agent` in printable ASCII, cut to 256 characters; only on operations that write. */
  readonly userAgent?: string;
  /** W3C trace context of the request. */
  readonly traceparent?: string;
  /** The client's `Idempotency-Key`; only on operations that write. */
  readonly idempotencyKey?: string;
  /** The request carried a valid `API-KEY`: answers take the forms that integrations need. */
  readonly integration?: true;
  /** Absent where strangers may ask. */
  readonly identity?: Identity;
}

export type Language = 'en' | 'ar';

/** A proven user of an account. */
export interface Identity {
  readonly userId: number;
  /** The account that owns the data. Every query of every service is bound to it. */
  readonly accountId: number;
  /** The account's first owner: the user whom answers name as `owner_id`, and as `user_id` where no other user is meant. */
  readonly ownerId: number;
  readonly role: Role;
  /** What an API key that stands alone is limited to; absent: all that its role may. */
  readonly scope?: readonly string[];
  /** ISO 4217 code of the currency that amounts are shown in. */
  readonly currency: string;
  /** IANA name of the account's time zone. */
  readonly timeZone: string;
  /** Id of the token (`jti`); absent for internal callers. */
  readonly sessionId?: string;
  /** Epoch seconds at which the token was issued. */
  readonly issuedAt?: number;
  /** Epoch seconds at which the token ends by itself. */
  readonly expiresAt?: number;
}

/**
 * The identity that every query is bound to.
 * @throws Refusal `unauthenticated` when a stranger asks
 */
export function ownerOf(caller: Caller): Identity {
  if (!caller.identity) throw new Refusal('unauthenticated');
  return caller.identity;
}
