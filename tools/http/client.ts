import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { StackError } from '../stack/terminal';
import { exchange, type HttpRequest, type HttpResponse, StaleConnectionError } from './exchange';

/** The first owner of the demo data. */
export const OWNER = { email: 'owner@demo.test', password: 'Charge-2026!' };

const MAX_LOGINS = 30;

/** A user of the platform, over connections that stay open; nobody in particular without a token. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(
    readonly url: string,
    readonly token = '',
  ) {}

  /**
   * A token of a demo user. Tries again while the platform is overloaded (503), as its clients do.
   * @throws StackError when the platform does not run or does not know the demo users
   */
  static async tokenOf(url: string, { email, password } = OWNER): Promise<string> {
    const client = new HttpClient(url);
    try {
      for (let attempt = 1; ; attempt += 1) {
        const response = await client.post('/api/v3/auth/login', { email, password });
        const { data } = response.json<{ data?: { access_token?: string } }>() ?? {};
        if (data?.access_token) return data.access_token;
        if (response.status !== 503 || attempt === MAX_LOGINS)
          throw new StackError(
            `${email} cannot log in at ${url} (${response.status}: ${response.text}): is it the demo's platform?`,
          );
        await pause(1000 * Number(response.headers.get('retry-after') ?? 1));
      }
    } finally {
      client.close();
    }
  }

  /** @throws StackError when no response came */
  async send(path: string, { headers, ...sent }: Omit<HttpRequest, 'agent'> = {}): Promise<HttpResponse> {
    const own: Record<string, string> = this.token ? { authorization: `Bearer ${this.token}` } : {};
    const all = { accept: 'application/json', ...own, ...headers };
    const request = { ...sent, headers: all };
    const { agent } = this;
    return exchange(this.url + path, { ...request, agent }).catch((error: Error) => {
      if (error instanceof StaleConnectionError) return exchange(this.url + path, request);
      throw new StackError(`No response from ${this.url} (${error.message}). Does the platform run (npm start)?`);
    });
  }

  get(path: string): Promise<HttpResponse> {
    return this.send(path);
  }

  post(path: string, body: object): Promise<HttpResponse> {
    return this.send(path, { method: 'POST', body });
  }

  /** The `results` of a read. @throws StackError when it is refused */
  async results<T>(path: string): Promise<T> {
    const response = await this.get(path);
    const { results } = response.json<{ results?: T }>() ?? {};
    if (response.status !== 200 || results === undefined)
      throw new StackError(`GET ${path}: ${response.status} ${response.text}`);
    return results;
  }

  close(): void {
    this.agent.destroy();
  }
}
