import type { Readable } from 'node:stream';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { Refusal } from '@open-cpo/contracts';
import type { FastifyInstance } from 'fastify';

/** Bytes of a document at most. */
export const LARGEST_FILE = 10 * 1024 * 1024;

/** The routes that take files; everywhere else a multipart body is a media type that is not supported. */
const ROUTES = new Set([
  ...['add', 'update'].map((action) => `/api/payout-methods/${action}/:payoutMethod_name`),
  '/api/imports',
]);

/** The unread body: authentication and permission are checked first. */
export const UNREAD = Symbol('open-cpo:unread-body');

/** A multipart body on its way in. */
export interface UnreadBody {
  readonly stream: Readable;
  readonly contentType: string;
  /** Bytes that it is said to have. */
  readonly length?: number;
}

/** What a form consists of: texts, and at most one file. */
export interface Form<F> {
  readonly fields: Readonly<Record<string, string>>;
  readonly file?: F;
}

/** Stores a file while it arrives; of the fields, those that came before it are known. */
export type Keep<F> = (bytes: AsyncIterable<Uint8Array>, fields: Form<F>['fields']) => Promise<F>;

/** Lets multipart bodies in where files are taken, unread. */
export function acceptMultipart(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(/^multipart\/form-data(;|$)/i, (request, stream, done) => {
    const contentType = request.headers['content-type'] ?? '';
    if (!ROUTES.has(request.routeOptions.url ?? '')) return done(new Refusal('unsupported_media_type'));
    const length = request.headers['content-length'];
    const body: UnreadBody = { stream, contentType, ...(length === undefined ? {} : { length: Number(length) }) };
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
} as const;

/**
 * Reads a multipart body; the file named `fileName` is kept piece by piece and never in memory as a whole. Files under
 * other names are passed over, and so is a file field that was left empty.
 * @throws Refusal `malformed_request`, `payload_too_large`, or whatever `keep` throws
 */
export function readForm<F>(body: UnreadBody, fileName: string, largest: number, keep: Keep<F>): Promise<Form<F>> {
  return new Promise((resolve, reject) => {
    const { stream, contentType } = body;
    let kept: Promise<F | undefined> = Promise.resolve(undefined);
    let taken: Readable | undefined;
    const end = (error: Error): void => {
      stream.unpipe();
      stream.resume();
      taken?.destroy(error);
      reject(error);
    };
    const fail = (cause?: unknown): void => end(new Refusal('malformed_request', { cause }));
    const tooLarge = (): void => end(new Refusal('payload_too_large'));
    const busboy = parserOf(contentType, largest);
    if (!busboy) return fail('no boundary');
    const fields: [string, string][] = [];
    busboy.on('field', (name, value, nameCut, valueCut) => {
      if (nameCut || valueCut) return tooLarge();
      fields.push([name, value]);
    });
    busboy.on('file', (name, file) => {
      // A file that breaks off emits an error, which ends the process without a listener.
      file.on('error', fail);
      if (name !== fileName) return void file.resume();
      taken = file;
      kept = keptOf(file, (bytes) => keep(bytes, Object.fromEntries(fields)));
      kept.catch(end);
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) busboy.on(limit, tooLarge);
    busboy.on('error', fail);
    busboy.on('finish', () => {
      kept.then((file) => resolve({ fields: Object.fromEntries(fields), ...(file ? { file } : {}) }), end);
    });
    stream.once('aborted', () => fail('the client left'));
    stream.once('error', fail);
    stream.pipe(busboy);
  });
}

/** Nothing of a file without content. */
async function keptOf<F>(
  file: BusboyFileStream,
  keep: (bytes: AsyncIterable<Uint8Array>) => Promise<F>,
): Promise<F | undefined> {
  const pieces = whole(file);
  const first = await pieces.next();
  return first.done ? undefined : keep(beginningWith(first.value, pieces));
}

async function* whole(file: BusboyFileStream): AsyncGenerator<Uint8Array> {
  for await (const piece of file) yield piece as Buffer;
  if (file.truncated) throw new Refusal('payload_too_large');
}

async function* beginningWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

function parserOf(contentType: string, fileSize: number): BusboyInstance | undefined {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: { ...LIMITS, fileSize } });
  } catch {
    return undefined;
  }
}
