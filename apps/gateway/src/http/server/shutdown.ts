import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Milliseconds between two checks for idle connections. */
const POLL_INTERVAL_MS = 50;

/**
 * Graceful shutdown, before a server closes: it serves requests for another `delay` milliseconds, until load balancers have
 * noticed, with `Connection: close`. Connections that become idle after that are closed here; else they would keep the
 * process until their clients close them.
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
