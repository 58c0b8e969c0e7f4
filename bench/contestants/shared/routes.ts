import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ENVELOPE, JSON_TYPE } from './envelope';
import type { Asked } from './reads';
import type { Person } from './settings';
import type { TokenCheck } from './token';

/** Gives the bytes for what is asked. */
export type Answering = (asked: Asked, person: Person) => Promise<Uint8Array | string>;

/** The four reads on bare Fastify. */
export function routes(check: TokenCheck, answering: Answering): FastifyInstance {
  const server = fastify();
  const route = (path: string, wrapped: boolean, askedBy: (request: FastifyRequest) => Asked): void => {
    server.get(path, async (request: FastifyRequest, reply: FastifyReply) => {
      const person = check.who(request.headers.authorization);
      if (!person) return reply.status(401).send();
      const bytes = Buffer.from((await answering(askedBy(request), person)) as Uint8Array);
      reply.header('content-type', JSON_TYPE);
      return reply.send(wrapped ? Buffer.concat([ENVELOPE.open, bytes, ENVELOPE.close]) : bytes);
    });
  };
  route('/api/charge-points', false, () => ({ read: 'list' }));
  route('/api/charge-points/datatable', true, ({ query }) => ({
    read: 'search',
    search: (query as { search: string }).search,
  }));
  route('/api/charge-points/:id', false, ({ params }) => ({ read: 'one', id: Number((params as { id: string }).id) }));
  route('/api/orders', true, () => ({ read: 'orders' }));
  return server;
}
