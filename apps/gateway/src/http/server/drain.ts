import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

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
