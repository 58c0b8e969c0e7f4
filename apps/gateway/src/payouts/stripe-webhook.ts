import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { payoutsStripe, Refusal } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ErrorResponder } from '../http/answers/errors';
import type { BodyReader } from '../http/body/body-reader';
import { Limits } from '../http/limits/limits';

/** Milliseconds; Stripe waits for longer, and sends again what was not accepted. */
const TIMEOUT_MS = 8000;

/**
 * `POST /api/webhooks/stripe`: Stripe's events, passed on byte for byte, because its signature is over the bytes. No
 * route of the API: it has no token, and payouts judges the signature. Stripe repeats each event until it gets a 200.
 */
export async function takeStripeWebhooks(
  app: NestFastifyApplication,
  fastify: FastifyInstance,
  bodies: BodyReader,
): Promise<void> {
  const bus = app.get(Bus);
  const errors = app.get(ErrorResponder);
  const limits = app.get(Limits);
  await fastify.register((scope, _options, ready) => {
    scope.removeAllContentTypeParsers();
    bodies.accept(scope, '*', (bytes) => bytes);
    // What bears no signature, or comes too often, is not read.
    scope.addHook('onRequest', async (request, reply) => {
      try {
        signatureOf(request);
        await limits.arrived('webhook', request, reply);
      } catch (error) {
        errors.send(error, request, reply);
        return reply;
      }
    });
    scope.post('/api/webhooks/stripe', async (request, reply) => {
      try {
        const caller = internalCaller({ requestId: request.id }, TIMEOUT_MS);
        await bus.call(payoutsStripe.take, deliveryOf(request), caller);
        reply.header('content-type', 'application/json; charset=utf-8').send('{"received":true}');
      } catch (error) {
        errors.send(error, request, reply);
      }
      return reply;
    });
    ready();
  });
}

function deliveryOf(request: FastifyRequest): { payload: string; signature: string } {
  const { body } = request;
  if (!Buffer.isBuffer(body) || body.length === 0) throw noEvent();
  return { payload: body.toString('utf8'), signature: signatureOf(request) };
}

/** @throws Refusal `malformed_request` for what is no signature, whatever it is of */
function signatureOf({ headers }: FastifyRequest): string {
  const signature = headers['stripe-signature'];
  if (typeof signature !== 'string') throw noEvent();
  return signature;
}

const noEvent = (): Refusal => new Refusal('malformed_request', { cause: 'no event of Stripe’s' });
