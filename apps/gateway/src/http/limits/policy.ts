import type { FastifyReply } from 'fastify';

/** So many requests in so many seconds. */
export interface Policy {
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
}

/** The form of a limit's setting: `600/60`, or `off`. */
export const LIMIT = /^(off|[1-9]\d{0,7}\/[1-9]\d{0,4})$/;

/** A limit as it is set; none when it is off. */
export function policyOf(name: string, setting: string): Policy | undefined {
  const [requests, seconds] = setting.split('/').map(Number);
  return requests && seconds ? { name, requests, seconds } : undefined;
}

/** A client's state within a policy. */
export interface RateLimitState {
  readonly policy: Policy;
  /** Requests that are left; negative: this one was one too many. */
  readonly left: number;
  /** Milliseconds until all are there again. */
  readonly resetIn: number;
}

/** Adds `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10). */
export function addRateLimitHeaders(reply: FastifyReply, { policy, left, resetIn }: RateLimitState): void {
  const { name, requests, seconds } = policy;
  const until = Math.max(0, Math.ceil(resetIn / 1000));
  add(reply, 'ratelimit-policy', `"${name}";q=${requests};w=${seconds}`);
  add(reply, 'ratelimit', `"${name}";r=${Math.max(0, left)};t=${until}`);
}

function add(reply: FastifyReply, header: string, item: string): void {
  const before = reply.getHeader(header);
  reply.header(header, before === undefined ? item : `${String(before)}, ${item}`);
}
