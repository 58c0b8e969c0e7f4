import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An owner's own server, which takes webhooks. */
export abstract class WebhookServer {
  private readonly server: Server = createServer((request, response) => this.take(request, response));

  static async start<T extends WebhookServer>(this: new () => T): Promise<T> {
    const receiver = new this();
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

  /** Called with the id of an event that came whole; answers the status of the response. */
  protected abstract came(id: string): number;

  private take(request: IncomingMessage, response: ServerResponse): void {
    const id = String(request.headers['webhook-id']);
    request.resume().once('end', () => response.writeHead(this.came(id)).end());
    request.on('error', () => undefined);
  }
}

/** Takes every event, and counts how often it came. */
export class Receiver extends WebhookServer {
  readonly times = new Map<string, number>();

  protected came(id: string): number {
    this.times.set(id, (this.times.get(id) ?? 0) + 1);
    return 204;
  }
}
