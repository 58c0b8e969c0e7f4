import { endingOf, type Outcome } from './tally';

export interface Sent {
  readonly method?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

const NOTHING = new Headers();
/** Milliseconds after which a client gives up, long after the platform should have said something. */
const PATIENCE = 12_000;

/** A client behind a load balancer: gateways take turns, and one that cannot be connected to is passed over. */
export class Client {
  private turn = 0;

  constructor(
    private readonly gateways: readonly string[],
    private readonly token?: string,
  ) {}

  with(token: string): Client {
    return new Client(this.gateways, token);
  }

  async ask(path: string, sent: Sent = {}): Promise<Outcome> {
    const began = performance.now();
    for (let tries = 0; ; tries += 1) {
      const gateway = this.gateways[(this.turn += 1) % this.gateways.length] ?? '';
      try {
        return await this.once(gateway + path, sent, began);
      } catch (error) {
        const milliseconds = performance.now() - began;
        const late = error instanceof Error && error.name === 'TimeoutError';
        if (!late && refused(error) && tries < this.gateways.length) continue;
        return { ending: late ? 'late' : 'cut', status: 0, milliseconds, headers: NOTHING, body: Buffer.alloc(0) };
      }
    }
  }

  private async once(url: string, { method = 'GET', body, headers }: Sent, began: number): Promise<Outcome> {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        'cache-control': 'no-cache',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: body ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(PATIENCE),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const milliseconds = performance.now() - began;
    const { status } = response;
    return {
      ending: endingOf(status, response.headers, milliseconds),
      status,
      milliseconds,
      headers: response.headers,
      body: bytes,
    };
  }
}

/** Nobody took the connection: nothing was sent. */
function refused(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return cause?.code === 'ECONNREFUSED';
}

/** An answer's JSON, or nothing. */
export function json<T>({ body }: Outcome): T | undefined {
  try {
    return JSON.parse(body.toString()) as T;
  } catch {
    return undefined;
  }
}
