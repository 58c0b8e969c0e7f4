import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cell } from './cell';

const POLL_INTERVAL_MS = 5;
const RETRY_AFTER_S = 1;
const READS = ['GET', 'HEAD', 'OPTIONS'];
/** GETs of the published API that write. A test compares them with the declared routes. */
const WRITING_GETS = [
  /^\/api\/user\/(un)?subscribe$/,
  /^\/api\/workers\/[^/]+\/reset-balance$/,
  /^\/api\/(feedback|orders|charge-points)\/export$/,
];
const FROZEN = JSON.stringify({
  success: false,
  message: 'Your account is being moved. Try again in a moment.',
  code: 'service_unavailable',
});

/** Where accounts are. In operation a table that all routers follow: a few bytes for each account. */
export class Directory {
  private readonly cells = new Map<number, Cell>();
  readonly users = new Map<number, number>();

  put(accountId: number, cell: Cell): void {
    this.cells.set(accountId, cell);
  }

  cellOf(accountId: number): Cell {
    const cell = this.cells.get(accountId);
    if (!cell) throw new Error(`Account ${accountId} has no cell.`);
    return cell;
  }
}

/** Sends each request to the cell of its account. It believes the token only that far: the cell's gateway verifies it. */
export class Router {
  private readonly server: Server;
  private readonly frozen = new Set<number>();
  private readonly writing = new Map<number, number>();
  /** Writes that were refused because of a move, by account. */
  readonly refused = new Map<number, number>();

  private constructor(private readonly directory: Directory) {
    this.server = createServer((request, response) => {
      this.route(request, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
    });
  }

  static async listening(directory: Directory): Promise<Router> {
    const router = new Router(directory);
    router.server.listen(0, '127.0.0.1');
    await once(router.server, 'listening');
    return router;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Refuses new writes of the account, and waits for those under way. */
  async freeze(accountId: number): Promise<void> {
    this.frozen.add(accountId);
    while ((this.writing.get(accountId) ?? 0) > 0) await pause(POLL_INTERVAL_MS);
  }

  thaw(accountId: number): void {
    this.frozen.delete(accountId);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const accountId = this.directory.users.get(userOf(request)) ?? 0;
    const isWrite = writes(request.method ?? '', request.url ?? '');
    if (isWrite && this.frozen.has(accountId)) {
      this.count(this.refused, accountId, 1);
      request.resume();
      const headers = { 'retry-after': String(RETRY_AFTER_S), 'content-type': 'application/json' };
      return void response.writeHead(503, headers).end(FROZEN);
    }
    // From here on a freeze waits for it, the reading of its body included.
    if (isWrite) this.count(this.writing, accountId, 1);
    try {
      await forward(request, response, this.directory.cellOf(accountId).gateway.url);
    } finally {
      if (isWrite) this.count(this.writing, accountId, -1);
    }
  }

  private count(counts: Map<number, number>, accountId: number, by: number): void {
    counts.set(accountId, (counts.get(accountId) ?? 0) + by);
  }
}

/** Whether a request may change something: these are refused while an account is frozen. */
export function writes(method: string, url: string): boolean {
  if (!READS.includes(method)) return true;
  const [path = ''] = url.split('?');
  return method === 'GET' && WRITING_GETS.some((pattern) => pattern.test(path.replace(/\/$/, '')));
}

function userOf({ headers }: IncomingMessage): number {
  const [, payload = ''] = (headers.authorization ?? '').split('.');
  try {
    const { data } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { data?: { user_id?: number } };
    return data?.user_id ?? 0;
  } catch {
    return 0;
  }
}

async function forward(request: IncomingMessage, response: ServerResponse, to: string): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
  const passed = ['authorization', 'content-type', 'idempotency-key', 'if-match', 'accept'];
  const headers = Object.fromEntries(
    passed.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, String(request.headers[name])]])),
  );
  const answer = await fetch(to + (request.url ?? ''), { method: request.method, headers, body });
  const type = answer.headers.get('content-type') ?? 'application/json';
  response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()));
}
