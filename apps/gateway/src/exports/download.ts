import { Readable } from 'node:stream';
import { type ExportFile, exportFileName, type ExportKind, Refusal } from '@open-cpo/contracts';
import type { FileStore, OpenFile } from '@open-cpo/files';
import type { Log } from '@open-cpo/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FILE_TYPES, OwnAnswer } from '../http/answers/success';
import { etagMatches } from '../http/caching/etag';

/** What else the file depends on. */
const VARY = 'Origin, Accept, Accept-Language, Prefer';

/** A finished export on its way to the client, as a whole or in part, as fast as the client takes it. */
export class Download extends OwnAnswer {
  constructor(
    private readonly kind: ExportKind,
    private readonly file: ExportFile,
    private readonly store: FileStore,
    private readonly log: Log,
  ) {
    super();
  }

  async send(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { headers, method } = request;
    const { size } = this.file;
    const etag = `"${this.file.digest}"`;
    const stored = await this.store.open(this.file.object);
    // Ranges and conditions are for reads (RFC 9110, 13 and 14).
    const reads = method === 'GET' || method === 'HEAD';
    if (reads && etagMatches(headers['if-none-match'], etag)) {
      return void reply.status(304).headers({ etag, vary: VARY }).send();
    }
    const earlier = headers['if-range'] !== undefined && headers['if-range'] !== etag;
    const part = earlier || !reads ? undefined : partOf(headers.range, size);
    if (part === 'none') {
      reply.header('content-range', `bytes */${size}`);
      throw new Refusal('range_not_satisfiable');
    }
    const { from, to } = part ?? { from: 0, to: size - 1 };
    // The head of the answer goes out with the first piece: until then it can still be a refusal.
    const body = method === 'HEAD' ? Readable.from([]) : await this.body(stored, { from, to }, request);
    reply.status(part ? 206 : 200).headers({ ...this.description(), etag, 'content-length': String(to - from + 1) });
    if (part) reply.header('content-range', `bytes ${from}-${to}/${size}`);
    void reply.send(body);
  }

  private description(): Record<string, string> {
    const { format } = this.file;
    return {
      'content-type': FILE_TYPES[format],
      'content-disposition': `attachment; filename="${exportFileName(this.kind, format)}"`,
      'accept-ranges': 'bytes',
      vary: VARY,
      ...(this.kind === 'personal-data' ? { 'cache-control': 'no-store' } : {}),
    };
  }

  /** What breaks in the middle breaks the connection: never a file that only looks whole. */
  private async body(file: OpenFile, { from, to }: Part, request: FastifyRequest): Promise<Readable> {
    const pieces = file.read(from, to);
    const first = await pieces.next();
    const body = Readable.from(whole(first, pieces), { objectMode: false, highWaterMark: 256 * 1024 });
    return body.on('error', (error) => this.log.warn('A download broke', { requestId: request.id, error }));
  }
}

async function* whole(first: IteratorResult<Uint8Array>, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** A part of a file: first and last byte, both included. */
interface Part {
  readonly from: number;
  readonly to: number;
}

const ONE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * The part that a `Range` asks for (RFC 9110). Nothing when the whole file is to be sent: no range, several ones, one
 * that makes no sense, or one of an earlier file. `none`: it lies beyond the end.
 */
export function partOf(range: string | undefined, size: number): Part | 'none' | undefined {
  const [, first = '', last = ''] = ONE.exec(range?.replace(/\s/g, '') ?? '') ?? [];
  if (first === '') return last === '' ? undefined : theLast(Math.min(size, Number(last)), size);
  const from = Number(first);
  const to = last === '' ? Infinity : Number(last);
  if (to < from) return undefined;
  return from >= size ? 'none' : { from, to: Math.min(to, size - 1) };
}

const theLast = (length: number, size: number): Part | 'none' =>
  length === 0 ? 'none' : { from: size - length, to: size - 1 };
