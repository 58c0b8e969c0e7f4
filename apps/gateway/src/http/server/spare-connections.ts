import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

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
