import { type Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** One request, exactly as it is sent. */
export interface HttpRequest {
  readonly method?: string;
  /** Sent as it is, in place of the path of the URL, which is normalised. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** An object is sent as JSON. */
  readonly body?: object | string | Buffer;
  /** A connection of its own unless said otherwise. */
  readonly agent?: Agent;
  /** Milliseconds until the last byte of the response; unlimited unless said otherwise. */
  readonly timeoutMs?: number;
  /** Bytes of the body that are kept; the rest is counted and dropped. Unlimited unless said otherwise. */
  readonly keepBytes?: number;
}

/** The response, from its first byte to its last. */
export class HttpResponse {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    /** Decoded; as it came where it cannot be decoded. */
    readonly body: Buffer,
    /** Bytes of the body as they came. */
    readonly size: number,
    /** Milliseconds from the request to the first and to the last byte of the body. */
    readonly firstByteMs: number,
    readonly lastByteMs: number,
  ) {}

  get text(): string {
    return this.body.toString();
  }

  /** The body as JSON; undefined where it is none. */
  json<T>(): T | undefined {
    return parsed(this.body);
  }
}

/** The response did not end in time. */
export class TimeoutError extends Error {}

/** A kept connection was closed in the moment in which it was used again. */
export class StaleConnectionError extends Error {}

/**
 * Sends one request, once. Of an event stream, which has no end, the head is the response.
 * @throws TimeoutError, StaleConnectionError, or what the connection broke with
 */
export function exchange(url: string, sent: HttpRequest = {}): Promise<HttpResponse> {
  const { method = 'GET', agent = false, timeoutMs, keepBytes } = sent;
  const [body, own] = encoded(sent.body);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { ...own, ...sent.headers } as OutgoingHttpHeaders;
    const { hostname, port, pathname, search } = new URL(url);
    const path = sent.path ?? pathname + search;
    const outgoing = request({ hostname, port, path, method, agent, headers }, (incoming) => {
      incoming.on('error', ({ message }) => failed(new Error(`broken answer: ${message}`)));
      if (/event-stream/.test(incoming.headers['content-type'] ?? '')) {
        clearTimeout(timer);
        resolve(new HttpResponse(incoming.statusCode ?? 0, headersOf(incoming), Buffer.alloc(0), 0, 0, 0));
        return void outgoing.destroy();
      }
      collect(incoming, began, keepBytes, (response) => {
        clearTimeout(timer);
        resolve(response);
      });
    });
    const timer = timeoutMs && setTimeout(() => outgoing.destroy(new TimeoutError('hang')), timeoutMs);
    const failed = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      failed(outgoing.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnectionError(error.message) : error),
    );
    outgoing.end(body);
  });
}

/** JSON, or undefined where it is none. */
export function parsed<T>(body: Buffer): T | undefined {
  try {
    return JSON.parse(body.toString()) as T;
  } catch {
    return undefined;
  }
}

function encoded(body: HttpRequest['body']): [Buffer | undefined, Record<string, string>] {
  if (body === undefined) return [undefined, {}];
  const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(isJson ? JSON.stringify(body) : body);
  return [bytes, { 'content-length': String(bytes.length), ...(isJson ? { 'content-type': 'application/json' } : {}) }];
}

function collect(
  incoming: IncomingMessage,
  began: number,
  keepBytes = Infinity,
  done: (response: HttpResponse) => void,
): void {
  const parts: Buffer[] = [];
  let [size, first] = [0, 0];
  incoming.on('data', (part: Buffer) => {
    first ||= performance.now() - began;
    size += part.length;
    if (size <= keepBytes) parts.push(part);
  });
  incoming.on('end', () => {
    const last = performance.now() - began;
    const body = decoded(Buffer.concat(parts), incoming.headers['content-encoding']);
    done(new HttpResponse(incoming.statusCode ?? 0, headersOf(incoming), body, size, first || last, last));
  });
}

function headersOf({ headers }: IncomingMessage): Headers {
  return new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]));
}

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

function decoded(bytes: Buffer, coding = ''): Buffer {
  try {
    return DECODERS[coding]?.(bytes) ?? bytes;
  } catch {
    return bytes;
  }
}
