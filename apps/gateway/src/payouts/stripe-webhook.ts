import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { payoutsStripe, Refusal } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpEdge } from '../http/edge';
import { BODY_LIMIT } from '../http/server/bodies';

/** Milliseconds; Stripe waits for longer, and tells again what was not taken. */
const PATIENCE = 8000;

/**
 * `POST /api/webhooks/stripe`: what Stripe tells, handed on byte for byte, because its signature is over the bytes. No
 * route of the API: it has no token, and payouts judges the signature. Stripe tells everything until it gets a 200.
 */
export async function takeStripeWebhooks(app: NestFastifyApplication, fastify: FastifyInstance): Promise<void> {
  const bus = app.get(Bus);
  const edge = app.get(HttpEdge);
  await fastify.register((scope, _options, ready) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    scope.post('/api/webhooks/stripe', async (request, reply) => {
      try {
        const caller = internalCaller({ requestId: request.id }, PATIENCE);
        await bus.call(payoutsStripe.take, deliveryOf(request), caller);
        reply.header('content-type', 'application/json; charset=utf-8').send('{"received":true}');
      } catch (error) {
        edge.refuse(error, request, reply);
      }
      return reply;
    });
    ready();
  });
}

function deliveryOf({ body, headers }: FastifyRequest): { payload: string; signature: string } {
  const signature = headers['stripe-signature'];
  if (!Buffer.isBuffer(body) || body.length === 0 || typeof signature !== 'string') {
    throw new Refusal('malformed_request', { cause: 'no event of Stripe’s' });
  }
  return { payload: body.toString('utf8'), signature };
}
