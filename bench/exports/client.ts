import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { HttpClient, OWNER } from '../../tools/http/client';
import type { HttpRequest, HttpResponse } from '../../tools/http/exchange';

/** Milliseconds between two looks at an export. */
const POLL_INTERVAL_MS = 200;

interface Job {
  readonly status: string;
  readonly rows: number;
}

/** A user who exports. */
export class Client extends HttpClient {
  static async login(url: string, email: string): Promise<Client> {
    return new Client(url, await HttpClient.tokenOf(url, { ...OWNER, email }));
  }

  /** Bytes of the body are counted, not kept. */
  ask(path: string, sent: Pick<HttpRequest, 'method' | 'headers'> = {}): Promise<HttpResponse> {
    return this.send(path, { ...sent, headers: { accept: '*/*', ...sent.headers }, keepBytes: 0 });
  }

  /** Asks for an export to be fetched later. Answers where it is. */
  async begin(path: string): Promise<string> {
    const { status, headers } = await this.ask(path, { headers: { prefer: 'respond-async' } });
    if (status !== 202) throw new Error(`${path} answered ${status} where 202 was expected.`);
    return String(headers.get('location'));
  }

  /** Waits until an export is written. */
  async written(location: string): Promise<Job> {
    for (;;) {
      const response = await this.get(location);
      // A gateway that is busy for a moment says when to come back.
      if (response.status >= 500) {
        await pause(POLL_INTERVAL_MS);
        continue;
      }
      const { results } = JSON.parse(response.text) as { results: Job };
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
    const { status, size: bytes } = await this.ask(`${location}/file`);
    if (status !== 200) throw new Error(`${location}/file answered ${status}.`);
    return { seconds: (performance.now() - begun) / 1000, written, rows, bytes };
  }
}
