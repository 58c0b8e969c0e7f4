import type { FastifyReply } from 'fastify';
import type { RateLimitState } from './policy';

/** Adds a policy and where the client stands in it, as draft-ietf-httpapi-ratelimit-headers-10 writes both. */
export function tellStanding(reply: FastifyReply, { policy, left, resetIn }: RateLimitState): void {
  const { name, requests, seconds } = policy;
  const until = Math.max(0, Math.ceil(resetIn / 1000));
  add(reply, 'ratelimit-policy', `"${name}";q=${requests};w=${seconds}`);
  add(reply, 'ratelimit', `"${name}";r=${Math.max(0, left)};t=${until}`);
}

function add(reply: FastifyReply, header: string, item: string): void {
  const before = reply.getHeader(header);
  reply.header(header, before === undefined ? item : `${String(before)}, ${item}`);
}
