import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { QueueUnavailable } from '@open-cpo/jobs';
import { Log } from '@open-cpo/platform';
import { WorkerConfig } from '../config';
import { Board } from './board';
import type { Answer } from './board-routes';
import { isOperator } from './operator-login';

const HEADERS: OutgoingHttpHeaders = {
  'cache-control': 'no-store',
  // The page would load its fonts from another company, which would see its users: it does without.
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const said = (status: number, error: string): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify({ error }),
});

/** Serves the board to operators, where there is a password for them. */
@Injectable()
export class BoardServer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly server = createServer((request, response) => void this.serve(request, response));

  constructor(
    private readonly config: WorkerConfig,
    private readonly board: Board,
    private readonly log: Log,
  ) {}

  /** The port that it listens on, if it does. */
  get port(): number | undefined {
    return (this.server.address() as AddressInfo | null)?.port;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.boardPassword === undefined) return;
    await new Promise<void>((resolve) => {
      // Mails and exports must not wait for a view of them.
      this.server.once('error', (error) => {
        this.log.error('The queue board cannot be served', { error });
        resolve();
      });
      this.server.listen(this.config.boardPort, this.config.host, () => resolve());
    });
    if (this.server.listening) this.log.log('Queue board', { port: this.port });
  }

  async onModuleDestroy(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Nothing of a request's body is of interest.
    request.resume();
    const { status, type, body } = await this.judged(request);
    const login = status === 401 ? { 'www-authenticate': 'Basic realm="queues", charset="UTF-8"' } : {};
    response.writeHead(status, { ...HEADERS, ...login, ...(type ? { 'content-type': type } : {}) });
    response.end(body);
  }

  private async judged(request: IncomingMessage): Promise<Answer> {
    const { headers, method = 'GET', url = '/' } = request;
    if (!isOperator(headers.authorization, this.config.boardPassword ?? '')) return said(401, 'Who are you?');
    if (method !== 'GET' && isForeign(headers['sec-fetch-site'])) return said(403, 'Asked by another site');
    try {
      const { pathname: path, searchParams } = new URL(url, 'http://board');
      const answer = await this.board.answer({
        method: method.toLowerCase(),
        path,
        query: Object.fromEntries(searchParams),
      });
      if (method !== 'GET') this.log.log('An operator changed a queue', { method, path, status: answer.status });
      return answer;
    } catch (error) {
      if (error instanceof QueueUnavailable) return said(503, error.message);
      this.log.error('The queue board failed', { error });
      return said(500, 'Internal error');
    }
  }
}

/** A browser sends the password along with whatever any page makes it ask. */
const isForeign = (site: string | string[] | undefined): boolean => site !== undefined && site !== 'same-origin';
