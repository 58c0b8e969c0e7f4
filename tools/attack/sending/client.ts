import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { exchange, StaleConnectionError } from '../../http/exchange';

/** One request, as it is sent. */
export interface Sent {
  readonly method: string;
  /** With query, already encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Buffer;
}

/** The response; `fault`: why there was none. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly fault?: string;
}

/** Milliseconds after which a request counts as hanging: many times the gateway's own deadline, for a machine that stalls. */
export const HANG_TIMEOUT_MS = 30_000;
const MAX_RETRIES = 4;
/** Bytes of a response that are looked at. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Sends over a few connections that are kept. */
export class Client {
  /** Requests that were sent again after 503 or 504. */
  retries = 0;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly fresh = new Agent();

  constructor(readonly url: string) {}

  async send(sent: Sent, agent = this.agent): Promise<Answer> {
    const { target, ...request } = sent;
    try {
      const options = { ...request, agent, timeoutMs: HANG_TIMEOUT_MS, keepBytes: MAX_BODY_BYTES };
      const { status, headers, text } = await exchange(this.url, { ...options, path: target });
      return { status, headers: Object.fromEntries(headers), text };
    } catch (error) {
      if (error instanceof StaleConnectionError) return this.send(sent, this.fresh);
      const { code, message } = error as NodeJS.ErrnoException;
      return { status: 0, headers: {}, text: '', fault: code ?? message };
    }
  }

  /** Retries what the platform asks to retry: overload is no finding, a request that never works is. */
  async sendWithRetries(sent: Sent): Promise<Answer> {
    let answer = await this.send(sent);
    for (let times = 0; times < MAX_RETRIES && (answer.status === 503 || answer.status === 504); times += 1) {
      this.retries += 1;
      await pause(1000 + times * 1000);
      answer = await this.send(sent);
    }
    return answer;
  }

  end(): void {
    this.agent.destroy();
  }
}
