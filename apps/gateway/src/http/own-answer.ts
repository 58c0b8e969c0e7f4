import type { FastifyReply, FastifyRequest } from 'fastify';

/** An answer that is no JSON in an envelope and writes itself. What it throws is refused like anything else. */
export abstract class OwnAnswer {
  abstract send(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}
