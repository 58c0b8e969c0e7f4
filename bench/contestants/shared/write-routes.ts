import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ENVELOPE, JSON_TYPE } from './envelope';
import type { LoginAsked } from './logins';
import type { TokenCheck } from './token';
import type { WriteAsked, Written } from './write-views';

/** Login on bare Fastify. */
export function loginRoute(
  server: FastifyInstance,
  answering: (asked: LoginAsked) => Promise<Uint8Array | string>,
): void {
  server.post('/api/v3/auth/login', async (request, reply) => {
    const { email, password } = request.body as Pick<LoginAsked, 'email' | 'password'>;
    const answer = await answering({ email, password, address: request.ip });
    if (answer.length === 0) return reply.status(401).send();
    reply.header('content-type', JSON_TYPE);
    return reply.send(typeof answer === 'string' ? answer : Buffer.from(answer));
  });
}

/** The four writes on bare Fastify. */
export function writeRoutes(
  server: FastifyInstance,
  check: TokenCheck,
  answering: (asked: WriteAsked) => Promise<Uint8Array | string>,
): void {
  type Method = 'POST' | 'PUT' | 'PATCH';
  const route = (
    method: Method,
    url: string,
    wrapped: boolean,
    writtenBy: (body: unknown, id: number) => Written,
  ): void => {
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const person = check.who(request.headers.authorization);
      if (!person) return reply.status(401).send();
      const { id } = request.params as { id?: string };
      const written = writtenBy(request.body, Number(id));
      const key = String(request.headers['idempotency-key'] ?? '');
      const bytes = Buffer.from((await answering({ written, person, key })) as Uint8Array);
      reply.header('content-type', JSON_TYPE);
      return reply.send(wrapped ? Buffer.concat([ENVELOPE.open, bytes, ENVELOPE.close]) : bytes);
    };
    server.route({ method, url, handler });
  };
  route('POST', '/api/charge-points', false, (body) => ({ write: 'create', body }) as Written);
  route('PUT', '/api/charge-points/:id', false, (body, id) => ({ write: 'change', id, body }) as Written);
  route('POST', '/api/workers', true, (body) => ({ write: 'worker', body }) as Written);
  route('PATCH', '/api/charge-point-prices/:id', true, (body, id) => ({ write: 'price', id, body }) as Written);
}
