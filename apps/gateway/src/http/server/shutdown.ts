import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Milliseconds between two looks for connections that have fallen idle. */
const POLL_INTERVAL_MS = 50;

/**
 * What is done before a server closes: it answers on for `delay` milliseconds, until load balancers have taken note, and
 * asks clients to come back by another connection. Those that were at work when closing began fall idle later; without
 * us they would keep the process until their clients are tired of them.
 */
export function drainOf(server: Server, delay: number): () => Promise<void> {
  return async () => {
    server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
    await pause(delay);
    const closing = setInterval(() => server.closeIdleConnections(), POLL_INTERVAL_MS).unref();
    server.once('close', () => clearInterval(closing));
  };
}

/**
 * Browsers and HTTP clients open connections ahead of need. Node counts one that never carried a request as busy, so that
 * a server which closes would wait for it for ever: they are let go by hand.
 */
export function letSpareConnectionsGo(fastify: FastifyInstance): void {
  const spare = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    spare.add(socket);
    socket.once('close', () => spare.delete(socket));
  });
  fastify.server.on('request', ({ socket }) => spare.delete(socket));
  fastify.addHook('preClose', (done) => {
    spare.forEach((socket) => socket.destroy());
    done();
  });
}
