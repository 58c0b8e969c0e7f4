import {
  CATALOGUE,
  type ErrorCode,
  type FieldMap,
  type Language,
  type Refusal,
  type RefusalKind,
} from '@open-cpo/contracts';
import { arabicText } from './arabic';

/** An error response. */
interface RefusalAnswer {
  readonly status: number;
  readonly body: object;
}

/** The part of a request that the form of an error depends on. */
interface RefusedAt {
  /** `/api/v3/*` speaks in `message`, the rest in `msg` and `msg_arabic`. */
  readonly v3: boolean;
  /** Request host without port, for the text of 403. */
  readonly host: string;
  readonly unauthenticatedStatus: number;
  /** Of texts without a second one beside them, such as those of fields. */
  readonly language: Language;
}

/** The error format of one operation, where it differs from the usual one. */
export interface ErrorFormat {
  /** `message` of 422 in place of the first error. */
  readonly message?: string;
  /** 422 is the bare map of errors (M). */
  readonly bareErrors?: boolean;
  /** Text of 404 (N). */
  readonly notFound?: string;
  /** Refusals that have the form N with a status of their own. */
  readonly plain?: Partial<Record<ErrorCode, number>>;
}

/** Says `message` in place of the first validation error. */
export const plainMessage = (message: string): ErrorFormat => ({ message });

const STATUS: Record<RefusalKind, number> = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  method: 405,
  conflict: 409,
  precondition: 412,
  'too-large': 413,
  range: 416,
  'media-type': 415,
  'too-many': 429,
  unavailable: 503,
  deadline: 504,
  internal: 500,
};

/** E: `{success:0,message,errors}`. */
export const E = (message: string, errors: object): object => ({ success: 0, message, errors });
/** K: `{success:0,message}`. */
export const K = (message: string): object => ({ success: 0, message });
/** A0: `{success:0,msg,msg_arabic}`. */
export const A0 = (msg: string, msgArabic: string): object => ({ success: 0, msg, msg_arabic: msgArabic });
/** P: `{success:0,error}`. */
export const P = (host: string): object => PWith(permissionText(host));
const permissionText = (host: string): string => `You don't have permissions to access ${host} on this server.`;
/** The same with another text. */
const PWith = (error: string): object => ({ success: 0, error });
/** N: `{error}`. */
export const N = (error: string): object => ({ error });
/** V-fail: `{data,success:0,message}`. */
export const vFail = (data: unknown, message: string): object => ({ data, success: 0, message });

/** The documented form of a refusal. */
export function answerTo(refusal: Refusal, at: RefusedAt, format: ErrorFormat = {}): RefusalAnswer {
  const { code, kind } = refusal;
  const plain = format.plain?.[code];
  if (plain !== undefined) return { status: plain, body: N(spoken(code, refusal.message, at)) };
  const status = code === 'unauthenticated' && !at.v3 ? at.unauthenticatedStatus : STATUS[kind];
  return { status, body: bodyOf(refusal, at, format) };
}

function bodyOf(refusal: Refusal, at: RefusedAt, format: ErrorFormat): object {
  const { code, kind, message, fields, data } = refusal;
  const say = (text: string): string => spoken(code, text, at);
  if (fields) return fieldsBody(fields, say, message, format);
  if (data !== undefined) return vFail(data, say(message));
  if (code === 'api_key_invalid') return K(say(message));
  if (code === 'second_factor_required') return PWith(say(message));
  if (kind === 'forbidden') return PWith(say(permissionText(at.host)));
  if (at.v3) return K(say(message));
  if (code === 'not_found') return N(say(format.notFound ?? message));
  return A0(message, arabicOf(code, message));
}

function fieldsBody(fields: FieldMap, say: (text: string) => string, message: string, format: ErrorFormat): object {
  const said = Object.fromEntries(Object.entries(fields).map(([field, texts]) => [field, texts.map(say)]));
  return format.bareErrors ? said : E(say(format.message ?? message), said);
}

/** A text that has no second one beside it, in the language of the request. */
const spoken = (code: ErrorCode, text: string, { language }: RefusedAt): string =>
  language === 'ar' ? arabicOf(code, text) : text;

/** The reference does not translate "Unauthenticated."; a text that has no Arabic stays as it is. */
const arabicOf = (code: ErrorCode, text: string): string =>
  text === CATALOGUE[code].text ? CATALOGUE[code].arabic : (arabicText(text) ?? text);
