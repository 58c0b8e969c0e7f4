import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExportFormat } from '@open-cpo/contracts';

/** Media type of all JSON that is sent. */
export const JSON_TYPE = 'application/json; charset=utf-8';

/** Whether a path belongs to the family that speaks in `message` and `data`. */
export const isV3 = (url: string): boolean => /^\/api\/v3(?:[/?]|$)/.test(url);

/** Texts of the published API, to the letter; the Arabic one has its spelling. */
export const DONE = 'Done!';
export const DONE_ARABIC = 'تمت العمليه بنجاح';

/**
 * A success envelope of the reference: the service's JSON goes between `open` and `close` as the bytes it came in.
 * `letter` names it as the documentation does.
 */
export interface Envelope {
  readonly letter: 'A' | 'A-bare' | 'V' | 'R' | 'G' | 'X' | 'S' | 'Z';
  readonly open: Buffer;
  readonly close: Buffer;
  readonly status: number;
  /** Beside the usual ones, or in place of them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether ranges are answered with parts. */
  readonly parts?: boolean;
}

const envelope = (letter: Envelope['letter'], open: string, close: string, status = 200): Envelope => ({
  letter,
  open: Buffer.from(open),
  close: Buffer.from(close),
  status,
});

const head = (msg: string): string => `{"success":1,"msg":${JSON.stringify(msg)},"msg_arabic":"${DONE_ARABIC}"`;

/** `{success:1,msg,msg_arabic,results}`: A-list, A-page, A-object, A-number. */
export const A = envelope('A', `${head(DONE)},"results":`, '}');

/** `{success:1,msg,msg_arabic}` without results; #49 alone says "done" (L2943). */
export const bare = (msg: string = DONE): Envelope => envelope('A-bare', `${head(msg)}}`, '');

/** `{data,success:1,message}` of `/api/v3/*`; login answers 202 with it when the e-mail is unverified. */
export const V = (message: string = DONE, status = 200, beside: object = {}): Envelope =>
  envelope('V', '{"data":', `,${JSON.stringify({ success: 1, message, ...beside }).slice(1)}`, status);

/** The bare JSON object or array (R, L, G of the reference). */
export const RAW = envelope('R', '', '');

const BY_ACCEPT = { vary: 'Origin, Accept' };

/** GeoJSON as recorded, whose coordinates are texts: no client of the reference asks for more than JSON. */
export const G: Envelope = { ...envelope('G', '', ''), headers: BY_ACCEPT };

/** GeoJSON by RFC 7946, for clients that accept it by name. */
export const GEO_JSON: Envelope = { ...G, headers: { ...BY_ACCEPT, 'content-type': 'application/geo+json' } };

/** A file that is made for the response. */
export const FILE = envelope('X', '', '');

/** A stored file, which is answered in parts as well: `Range` (RFC 9110, 14). */
export const STORED_FILE: Envelope = { ...FILE, parts: true };

/** Server-sent events. */
export const STREAM = envelope('S', '', '');

/** 202: accepted, available later. */
export const accepted = (headers: Record<string, string>): Envelope => ({ ...A, status: 202, headers });

/** 204, no body. */
export const EMPTY = envelope('Z', '', '', 204);

const hasBody = ({ letter }: Envelope): boolean => letter !== 'A-bare' && letter !== 'Z';

/** The answer's bytes around the service's own. */
export function wrap(envelope: Envelope, bytes: Uint8Array): Uint8Array {
  if (!hasBody(envelope)) return envelope.open;
  if (envelope.open.length === 0) return bytes;
  return Buffer.concat([envelope.open, bytes, envelope.close]);
}

/** A result with an envelope other than the route's. */
export class Answered {
  constructor(
    readonly value: unknown,
    readonly envelope: Envelope,
  ) {}
}

/** A response that is no JSON in an envelope, such as a file or a feed. Its errors are sent like those of a route. */
export abstract class OwnAnswer {
  abstract send(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/** Media types of files, to the letter. */
export const FILE_TYPES: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  'csv-semicolon': 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};
