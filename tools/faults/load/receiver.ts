import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An owner's own server: takes webhooks, and counts how often each event came. */
export class Receiver {
  readonly times = new Map<string, number>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => this.take(request, response));
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await once(receiver.server.listen(0, '127.0.0.1'), 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** An event counts when it came whole. */
  private take(request: IncomingMessage, response: ServerResponse): void {
    const id = String(request.headers['webhook-id']);
    request.resume().once('end', () => {
      this.times.set(id, (this.times.get(id) ?? 0) + 1);
      response.writeHead(204).end();
    });
    request.on('error', () => undefined);
  }
}
