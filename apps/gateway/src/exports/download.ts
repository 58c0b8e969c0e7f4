import { Readable } from 'node:stream';
import { type ExportFile, exportFileName, type ExportKind, Refusal } from '@open-cpo/contracts';
import type { FileStore, OpenFile } from '@open-cpo/messaging';
import type { Log } from '@open-cpo/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FILE_TYPES, OwnAnswer } from '../http/answers/success';
import { etagMatches } from '../http/caching/etag';
import { type Part, partOf } from './ranges';

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
