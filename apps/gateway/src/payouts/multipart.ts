import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { Refusal } from '@open-cpo/contracts';
import type { FastifyInstance } from 'fastify';

/** Bytes of a file at most. */
export const LARGEST_FILE = 10 * 1024 * 1024;

/** The routes that take files; everywhere else a multipart body is a media type that is not supported. */
const ROUTES = new Set(['add', 'update'].map((action) => `/api/payout-methods/${action}/:payoutMethod_name`));

/** Where a body is that nobody has read yet: who asks, and whether they may, is found out first. */
export const UNREAD = Symbol('open-cpo:unread-body');

/** A multipart body on its way in. */
export interface UnreadBody {
  readonly stream: Readable;
  readonly contentType: string;
}

/** What a form consists of: texts, and at most one file. */
export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  readonly file?: Buffer;
}

/** Lets multipart bodies in where files are taken, unread. */
export function acceptMultipart(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(/^multipart\/form-data(;|$)/i, (request, stream, done) => {
    const contentType = request.headers['content-type'] ?? '';
    if (!ROUTES.has(request.routeOptions.url ?? '')) return done(new Refusal('unsupported_media_type'));
    const body: UnreadBody = { stream, contentType };
    done(null, { [UNREAD]: body });
  });
}

const LIMITS = {
  files: 1,
  fields: 20,
  parts: 21,
  fieldNameSize: 100,
  fieldSize: 10_000,
  headerPairs: 50,
  fileSize: LARGEST_FILE,
} as const;

/**
 * Reads a multipart body. Files under other names than `fileName` are passed over, and so is a file field that was left
 * empty.
 * @throws Refusal `malformed_request`, `payload_too_large`
 */
export function readForm({ stream, contentType }: UnreadBody, fileName: string): Promise<Form> {
  return new Promise((resolve, reject) => {
    const fail = (code: 'malformed_request' | 'payload_too_large', cause?: unknown): void => {
      stream.unpipe();
      stream.resume();
      reject(new Refusal(code, { cause }));
    };
    const tooLarge = (): void => fail('payload_too_large');
    const busboy = parserOf(contentType);
    if (!busboy) return fail('malformed_request', 'no boundary');
    const fields: [string, string][] = [];
    const chunks: Buffer[] = [];
    busboy.on('field', (name, value, nameCut, valueCut) => {
      if (nameCut || valueCut) return tooLarge();
      fields.push([name, value]);
    });
    busboy.on('file', (name, file) => {
      // A file that breaks off says so by itself, and ends the process when nobody listens.
      file.on('error', (error) => fail('malformed_request', error));
      if (name !== fileName) return void file.resume();
      file.on('data', (chunk: Buffer) => chunks.push(chunk)).on('limit', tooLarge);
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) busboy.on(limit, tooLarge);
    busboy.on('error', (error) => fail('malformed_request', error));
    busboy.on('finish', () => {
      const file = chunks.length > 0 ? { file: Buffer.concat(chunks) } : {};
      resolve({ fields: Object.fromEntries(fields), ...file });
    });
    stream.once('aborted', () => fail('malformed_request', 'the client left'));
    stream.once('error', (error) => fail('malformed_request', error));
    stream.pipe(busboy);
  });
}

function parserOf(contentType: string): BusboyInstance | undefined {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
  } catch {
    return undefined;
  }
}
