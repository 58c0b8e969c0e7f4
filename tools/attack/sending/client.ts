import { setTimeout as pause } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';

/** What is sent, as it goes out. */
export interface Sent {
  readonly method: string;
  /** With query, already encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Buffer;
}

/** What came back; `fault`: nothing did, and why. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly fault?: string;
}

/** Milliseconds after which a request counts as hanging: many times the gateway's own deadline, for a machine that stalls. */
export const HANGS_AFTER = 30_000;
/** Times that it comes back. */
const PATIENCE = 4;
const NOTHING = { status: 0, headers: {}, text: '' };
/** Bytes of an answer that are looked at; the rest is read and dropped. */
const LOOKED_AT = 4 * 1024 * 1024;

/** Sends over a few connections that are kept. */
export class Client {
  /** How often it was told to come back later. */
  comebacks = 0;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly anew = new Agent({ keepAlive: false });

  constructor(readonly url: string) {}

  send(sent: Sent, agent = this.agent): Promise<Answer> {
    const { method, target, headers, body } = sent;
    const { hostname, port } = new URL(this.url);
    const length: Record<string, string> = body ? { 'content-length': String(body.length) } : {};
    return new Promise((resolve) => {
      const fault = (text: string): void => resolve({ ...NOTHING, fault: text });
      const options = {
        hostname,
        port,
        method,
        path: target,
        agent,
        headers: { ...length, ...headers } as OutgoingHttpHeaders,
      };
      const sending = request(options, (response) => {
        if (/event-stream/.test(response.headers['content-type'] ?? '')) {
          // A feed has no end; that it began is answer enough.
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '' });
          return void sending.destroy();
        }
        collect(response, resolve);
        response.on('error', (error) => fault(`broken answer: ${error.message}`));
      });
      sending.setTimeout(HANGS_AFTER, () => {
        fault('hang');
        sending.destroy();
      });
      sending.on('error', (error: NodeJS.ErrnoException) => {
        // A connection that was kept may have been closed in the moment in which it was taken again.
        if (sending.reusedSocket && error.code === 'ECONNRESET') resolve(this.send(sent, this.anew));
        else fault(error.code ?? error.message);
      });
      sending.end(body);
    });
  }

  /** Comes back when it is told to: a machine that is busy with others is no finding, a request that never works is. */
  async sendPatiently(sent: Sent): Promise<Answer> {
    let answer = await this.send(sent);
    for (let times = 0; times < PATIENCE && (answer.status === 503 || answer.status === 504); times += 1) {
      this.comebacks += 1;
      await pause(1000 + times * 1000);
      answer = await this.send(sent);
    }
    return answer;
  }

  end(): void {
    this.agent.destroy();
  }
}

/** Reads an answer to its end; of a large one only the beginning is kept. */
function collect(response: IncomingMessage, done: (answer: Answer) => void): void {
  const parts: Buffer[] = [];
  let size = 0;
  response.on('data', (part: Buffer) => {
    size += part.length;
    if (size < LOOKED_AT) parts.push(part);
  });
  response.on('end', () => {
    const text = textOf(Buffer.concat(parts), response.headers['content-encoding']);
    done({ status: response.statusCode ?? 0, headers: response.headers, text });
  });
}

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** What cannot be decoded stands for itself: it is judged as what it is. */
function textOf(bytes: Buffer, coding = ''): string {
  try {
    return (DECODERS[coding]?.(bytes) ?? bytes).toString();
  } catch {
    return bytes.toString();
  }
}
