import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

/** What is sent. */
export interface Sending {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly agent: Agent;
  /** Milliseconds for all of it. */
  readonly patience: number;
}

/** What came back, from its first byte to its last. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Nothing came within the patience. */
export class TooLate extends Error {}

/** One request and its whole answer; nothing is tried twice. @throws TooLate, or what the connection broke with */
export function exchange(url: string, { method, headers, body, agent, patience }: Sending): Promise<Received> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', failed);
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, headers: headersOf(response.headers), body: Buffer.concat(parts) });
      });
    });
    const timer = setTimeout(() => asked.destroy(new TooLate()), patience);
    const failed = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    asked.on('error', failed);
    asked.end(body);
  });
}

function headersOf(received: IncomingHttpHeaders): Headers {
  const pairs = Object.entries(received).map(([name, value]): [string, string] => [name, String(value)]);
  return new Headers(pairs);
}
