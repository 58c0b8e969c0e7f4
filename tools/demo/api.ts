import { setTimeout } from 'node:timers/promises';
import { StackError } from '../stack/terminal';

const LOGINS = 30;

/** What is looked at of a power center. */
export interface PowerCenter {
  readonly id: number;
  readonly title: string;
  readonly token: string;
  readonly configured: 0 | 1;
  readonly connectors: readonly { readonly number: number | null; readonly max_power: number }[];
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly retryAfterMs?: number;
}

/** Speaks to the platform as any client does. */
export class Api {
  private constructor(
    private readonly url: string,
    readonly token: string,
  ) {}

  /**
   * Comes again while the platform is too busy (503), as its clients do.
   * @throws StackError when the platform does not run or does not know the demo's people
   */
  static async login(url: string, email: string, password: string): Promise<Api> {
    const login = { method: 'POST', body: { email, password } };
    let answer = await request(`${url}/api/v3/auth/login`, login);
    for (let attempt = 1; answer.status === 503 && attempt < LOGINS; attempt += 1) {
      await setTimeout(answer.retryAfterMs);
      answer = await request(`${url}/api/v3/auth/login`, login);
    }
    const { access_token: token } = (answer.body.data ?? {}) as { access_token?: string };
    if (token) return new Api(url, token);
    const { status, body } = answer;
    const why = `${status}: ${JSON.stringify(body.message ?? body.msg ?? '')}`;
    throw new StackError(`${email} cannot log in at ${url} (${why}): is it the demo's platform?`);
  }

  get(path: string): Promise<Answer> {
    return request(this.url + path, { token: this.token });
  }

  post(path: string, body: object): Promise<Answer> {
    return request(this.url + path, { method: 'POST', token: this.token, body });
  }

  async powerCenters(): Promise<PowerCenter[]> {
    const { body } = await this.get('/api/charge-points');
    const rows = Object.values(body) as { id: number }[];
    const all: PowerCenter[] = [];
    for (const { id } of rows) all.push((await this.get(`/api/charge-points/${id}`)).body as unknown as PowerCenter);
    return all.sort((a, b) => a.id - b.id);
  }

  /** Cards of workers with the last day on which they are valid. */
  async cards(): Promise<{ readonly rfid: string; readonly expire_at: string }[]> {
    const { status, body } = await this.get('/api/workers');
    if (status !== 200) return [];
    const { data = [] } = (body.results ?? {}) as { data?: { rfid: string | null; expire_at: string }[] };
    return data.flatMap(({ rfid, expire_at }) => (rfid === null ? [] : [{ rfid, expire_at }]));
  }

  async orders(): Promise<number> {
    const { body } = await this.get('/api/orders?itemsPerPage=1');
    return ((body.results ?? {}) as { meta?: { total: number } }).meta?.total ?? 0;
  }

  /** Orders of the newest thousand that are not complete. */
  async open(): Promise<number> {
    const { body } = await this.get('/api/orders?itemsPerPage=1000');
    const { data = [] } = (body.results ?? {}) as { data?: { status: number }[] };
    return data.filter(({ status }) => status === 0).length;
  }
}

interface Asked {
  readonly method?: string;
  readonly token?: string;
  readonly body?: object;
}

async function request(url: string, { method = 'GET', token, body }: Asked): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  if (body) headers['content-type'] = 'application/json';
  const sent = body ? JSON.stringify(body) : undefined;
  const answer = await fetch(url, { method, headers, body: sent }).catch(() => undefined);
  if (!answer) throw new StackError(`Nobody answers at ${url}. Does the platform run (npm start)?`);
  const text = await answer.text();
  const retryAfterMs = 1000 * Number(answer.headers.get('retry-after') ?? 1);
  return { status: answer.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {}, retryAfterMs };
}
