import type { ServerResponse } from 'node:http';
import type { Metrics } from '@open-cpo/platform';
import type { FastifyInstance } from 'fastify';

/** Milliseconds between two looks. */
const LOOK_MS = 1000;
/** Milliseconds that a client may keep an answer waiting, whatever its rate. */
const GRACE_MS = 15_000;
/** Bytes a millisecond that a client takes at least, over the whole answer: 32 kB/s. */
const LEAST_RATE = 32;

interface Sending {
  /** Bytes that the connection had carried before. */
  readonly before: number;
  /** Milliseconds for which there was something to send that the client did not take. */
  waitedMs: number;
}

/**
 * Ends answers whose reader is slower than the least rate over the whole answer: they hold memory, and places of their
 * account. A connection that carries nothing at all is ended by `connectionTimeout`, see `fastify.ts`.
 */
export function endSlowReaders(fastify: FastifyInstance, metrics: Metrics): void {
  const open = new Map<ServerResponse, Sending>();
  const ended = metrics.counter('open_cpo_http_slow_readers_total', 'Answers ended because their reader was too slow.');
  const timer = setInterval(() => {
    for (const [response, sending] of open) {
      if (!isTooSlow(response, sending)) continue;
      ended.inc();
      response.destroy();
    }
  }, LOOK_MS).unref();
  fastify.addHook('onRequest', (_, { raw }, done) => {
    open.set(raw, { before: raw.socket?.bytesWritten ?? 0, waitedMs: 0 });
    raw.once('close', () => open.delete(raw));
    done();
  });
  fastify.addHook('onClose', (_, done) => {
    clearInterval(timer);
    done();
  });
}

function isTooSlow({ socket }: ServerResponse, sending: Sending): boolean {
  if (!socket || socket.writableLength === 0) return false;
  sending.waitedMs += LOOK_MS;
  return sending.waitedMs > GRACE_MS + (socket.bytesWritten - sending.before) / LEAST_RATE;
}
