import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { environment } from '@open-cpo/platform';
import { signatureProblem } from './signatures';

const BUCKET = 'exports';
/** The one account that the server has. */
const KEY = 'S3RVER';
const LISTENING = /listening on \S+:(\d+)/;

/** A request as the store got it. */
export interface StoreRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/**
 * A store that speaks S3, of the test's own: a server process with a bucket, and a proxy before it that rejects
 * requests with a wrong signature (the server itself does not look at those of today).
 */
export class OwnS3 {
  /** What was asked, oldest first. */
  readonly requests: StoreRequest[] = [];
  /** Answers instead of the store, while it is set: a status, or a document, for what it likes. */
  instead?: (request: StoreRequest) => number | string | undefined;
  private child?: ChildProcess;
  private door?: Server;
  private behind = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'own-s3-'));

  // A test run that is given up leaves no server behind.
  private readonly end = (): void => void this.child?.kill('SIGKILL');

  static async started(): Promise<OwnS3> {
    const store = new OwnS3();
    await store.start();
    return store;
  }

  /** The bucket's address. */
  get url(): string {
    return `http://127.0.0.1:${(this.door?.address() as AddressInfo).port}/${BUCKET}`;
  }

  /** How to get in. */
  get keys(): { readonly accessKeyId: string; readonly secretAccessKey: string } {
    return { accessKeyId: KEY, secretAccessKey: KEY };
  }

  async start(): Promise<void> {
    const program = require.resolve('s3rver/bin/s3rver.js');
    const place = ['-d', this.folder, '-a', '127.0.0.1', '-p', '0', '--no-vhost-buckets'];
    this.child = spawn(process.execPath, [program, ...place, '--configure-bucket', BUCKET], {
      env: { PATH: environment().PATH, NODE_NO_WARNINGS: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    process.once('exit', this.end);
    const { stdout } = this.child;
    this.behind = await new Promise<number>((resolve, reject) => {
      let text = '';
      stdout?.on('data', (chunk: Buffer) => {
        const found = LISTENING.exec((text += chunk.toString()));
        if (found) resolve(Number(found[1]));
      });
      stdout?.once('end', () => reject(new Error(`The store does not start: ${text}`)));
    });
    this.door ??= createServer((asked, answer) => void this.letIn(asked, answer));
    if (!this.door.listening) await once(this.door.listen(0, '127.0.0.1'), 'listening');
  }

  /** Ends the process, as a crash would; what it stored stays. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    process.removeListener('exit', this.end);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Ends it and removes what it stored. */
  async remove(): Promise<void> {
    await this.kill();
    this.door?.closeAllConnections();
    this.door?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async letIn(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await buffer(asked).catch(() => undefined);
    if (!body) return;
    const { method = '', headers, url: path = '' } = asked;
    this.requests.push({ method, path, headers });
    const url = new URL(path, `http://${headers.host}`);
    const said = this.instead?.({ method, path, headers });
    if (typeof said === 'string') return void answer.end(said);
    if (said) return void answer.writeHead(said).end('<Error><Code>AsTheTestWishes</Code></Error>');
    const problem = await signatureProblem({ method, url, headers, body }, KEY);
    if (problem) return void answer.writeHead(403).end(`<Error><Code>${problem}</Code></Error>`);
    const passed = request({ host: '127.0.0.1', port: this.behind, method, path, headers }, (found) => {
      answer.writeHead(found.statusCode ?? 500, found.headers);
      found.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    passed.end(body);
  }
}
