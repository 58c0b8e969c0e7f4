import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const PASSWORD = 'Charge-2026!';
/** Milliseconds between two looks at an export. */
const POLL_INTERVAL_MS = 200;

/** What came back, and when: milliseconds from the request to its first and last byte of content. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
  /** Kept where it is asked for. */
  readonly text: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Whether the content is kept; else it is counted and dropped. */
  readonly keep?: boolean;
}

interface Job {
  readonly status: string;
  readonly rows: number;
}

/** A user of the platform, over connections that stay open. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async login(url: string, email: string): Promise<Client> {
    const body = { email, password: PASSWORD };
    const { text } = await new Client(url, '').ask('/api/v3/auth/login', { method: 'POST', body, keep: true });
    return new Client(url, (JSON.parse(text) as { data: { access_token: string } }).data.access_token);
  }

  ask(path: string, { method = 'GET', headers = {}, body, keep = false }: Asked = {}): Promise<Answer> {
    const begun = performance.now();
    const own: Record<string, string> = this.token ? { authorization: `Bearer ${this.token}` } : {};
    if (body) own['content-type'] = 'application/json';
    return new Promise((resolve, reject) => {
      const sent = request(this.url + path, { method, agent: this.agent, headers: { ...own, ...headers } });
      sent.on('error', reject).on('response', (response) => {
        let [first, bytes, text] = [0, 0, ''];
        response.on('error', reject).on('data', (chunk: Buffer) => {
          first ||= performance.now() - begun;
          bytes += chunk.length;
          if (keep) text += chunk.toString();
        });
        response.on('end', () => {
          const { statusCode: status = 0, headers } = response;
          const last = performance.now() - begun;
          resolve({ status, headers, first: first || last, last, bytes, text });
        });
      });
      sent.end(body ? JSON.stringify(body) : undefined);
    });
  }

  /** Asks for an export to be fetched later. Answers where it is. */
  async begin(path: string): Promise<string> {
    const { status, headers } = await this.ask(path, { headers: { prefer: 'respond-async' } });
    if (status !== 202) throw new Error(`${path} answered ${status} where 202 was expected.`);
    return String(headers.location);
  }

  /** Waits until an export is written. */
  async written(location: string): Promise<Job> {
    for (;;) {
      const { status, text } = await this.ask(location, { keep: true });
      // A gateway that is busy for a moment says when to come back.
      if (status >= 500) {
        await pause(POLL_INTERVAL_MS);
        continue;
      }
      const { results } = JSON.parse(text) as { results: Job };
      if (results.status === 'finished') return results;
      if (results.status === 'failed') throw new Error(`${location} failed.`);
      await pause(POLL_INTERVAL_MS);
    }
  }

  /** An export from the request to the last byte of its file. */
  async exported(path: string): Promise<{ seconds: number; written: number; rows: number; bytes: number }> {
    const begun = performance.now();
    const location = await this.begin(path);
    const { rows } = await this.written(location);
    const written = (performance.now() - begun) / 1000;
    const { status, bytes } = await this.ask(`${location}/file`);
    if (status !== 200) throw new Error(`${location}/file answered ${status}.`);
    return { seconds: (performance.now() - begun) / 1000, written, rows, bytes };
  }

  close(): void {
    this.agent.destroy();
  }
}
