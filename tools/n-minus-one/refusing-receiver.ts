import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Milliseconds that are to lie between two tries at least: half of the first wait, which chance may shorten so far. */
const LEAST_WAIT_MS = 2400;

/** An owner's server that fails at the first try of each event. */
export class RefusingReceiver {
  /** When each event came, in milliseconds. */
  private readonly tries = new Map<string, number[]>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => this.take(request, response));
  }

  static async start(): Promise<RefusingReceiver> {
    const receiver = new RefusingReceiver();
    await once(receiver.server.listen(0, '127.0.0.1'), 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`;
  }

  /** Events that came again too early, or never; those of before the last call are not counted again. */
  drain(): string[] {
    const all = [...this.tries];
    this.tries.clear();
    return all.flatMap(([id, times]) => retryProblems(id, times));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const id = String(request.headers['webhook-id']);
    request.resume().once('end', () => {
      const times = this.tries.get(id) ?? [];
      this.tries.set(id, [...times, performance.now()]);
      response.writeHead(times.length === 0 ? 500 : 204).end();
    });
    request.on('error', () => undefined);
  }
}

/** What is wrong with the times of the tries of one event, the first of which was refused. */
export function retryProblems(id: string, times: readonly number[]): string[] {
  if (times.length < 2) return [`event ${id} was not sent again`];
  return times.slice(1).flatMap((time, index) => {
    const wait = Math.round(time - (times[index] ?? 0));
    return wait < LEAST_WAIT_MS ? [`event ${id} was sent again after ${wait} ms`] : [];
  });
}
