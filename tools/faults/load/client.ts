import type { Balancer, Member } from './balancer';
import { exchange, parsed, TimeoutError } from '../../http/exchange';
import { endingOf, type Outcome } from './tally';

export interface Sent {
  readonly method?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

const NOTHING = new Headers();
/** Milliseconds after which a client gives up, long after the platform should have said something. */
const TIMEOUT_MS = 12_000;

/** A client behind a load balancer. A gateway that takes no connection is passed over: nothing was sent to it. */
export class Client {
  constructor(
    readonly balancer: Balancer,
    private readonly token?: string,
  ) {}

  with(token: string): Client {
    return new Client(this.balancer, token);
  }

  /** The same client before other gateways. */
  through(balancer: Balancer): Client {
    return new Client(balancer, this.token);
  }

  /** What every request of this client says of itself. */
  get credentials(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  async ask(path: string, sent: Sent = {}): Promise<Outcome> {
    const began = performance.now();
    for (let tries = 0; ; tries += 1) {
      const member = this.balancer.next();
      try {
        return await this.once(member, path, sent, began);
      } catch (error) {
        if (refused(error)) {
          member.ready = false;
          if (tries < this.balancer.size) continue;
        }
        const ending = error instanceof TimeoutError ? 'late' : 'cut';
        const milliseconds = performance.now() - began;
        return { ending, status: 0, milliseconds, headers: NOTHING, body: Buffer.alloc(0) };
      }
    }
  }

  private async once({ url, agent }: Member, path: string, sent: Sent, began: number): Promise<Outcome> {
    const { method = 'GET', headers } = sent;
    const all = { accept: 'application/json', 'cache-control': 'no-cache', ...this.credentials, ...headers };
    const options = { method, headers: all, body: sent.body, agent, timeoutMs: TIMEOUT_MS };
    const { status, headers: received, body } = await exchange(url + path, options);
    const milliseconds = performance.now() - began;
    return { status, headers: received, body, ending: endingOf(status, received, milliseconds), milliseconds };
  }
}

/** Nobody took the connection. */
const refused = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';

/** A response's JSON, or nothing. */
export const json = <T>({ body }: Pick<Outcome, 'body'>): T | undefined => parsed<T>(body);
