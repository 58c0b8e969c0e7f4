import { int, list, literal, map, number, object, optional, pattern, rule, text } from './shape';
import type { Keys, Shape } from './shape';

/** The letters by which the project calls the documented envelopes. */
export type Letter =
  | 'A-list'
  | 'A-page'
  | 'A-object'
  | 'A-number'
  | 'A-bare'
  | 'A0'
  | 'V'
  | 'V-fail'
  | 'E'
  | 'P'
  | 'N'
  | 'M'
  | 'K'
  | 'R'
  | 'L'
  | 'G'
  | 'X'
  | 'S'
  | 'Z';

/** Wire constants of the success envelopes. */
export const DONE = 'Done!';
export const DONE_ARABIC = 'تمت العمليه بنجاح';

const a = (keys: Keys, msg = DONE): Shape =>
  object({ success: literal(1), msg: literal(msg), msg_arabic: literal(DONE_ARABIC), ...keys });

/** Success without a `results` key. */
export const aBare = (msg = DONE): Shape => a({}, msg);
/** Success with one object, or one value, under `results`. */
export const aObject = (results: Shape): Shape => a({ results });
/** Success with a plain list under `results`. */
export const aList = (item: Shape): Shape => a({ results: list(item) });
/** Success with a bare number under `results`. */
export const aNumber = (): Shape => a({ results: number });

interface Page {
  data: unknown[];
  meta: { per_page: number; total: number };
}

const fits = ({ data, meta }: Page) =>
  data.length <= meta.total && (meta.per_page === -1 || (meta.per_page > 0 && data.length <= meta.per_page));

/** Success with a page: `meta` holds `per_page` (-1 for all) and `total`, nothing else. */
export const aPage = (item: Shape): Shape => {
  const page = object({ data: list(item), meta: object({ per_page: int, total: int }) });
  return a({ results: rule<Page>(page, 'a page no longer than per_page and total', fits) });
};

/** Success of `/api/v3`; `expires_in` (seconds) stands beside `data` where a token is handed out. */
export const v = (data: Shape, message: Shape = literal(DONE), extra: Keys = {}): Shape =>
  object({ data, success: literal(1), message, ...extra });

/** A refusal of `/api/v3` that still carries the state of the verification. */
export const vFail = (data: Shape, message: Shape = text): Shape => object({ data, success: literal(0), message });

/** Refusal of `/api/*`; `trace` appears while debugging only and never counts as documented. */
export const a0 = (msg: Shape = text, msgArabic: Shape = text): Shape =>
  object({ success: literal(0), msg, msg_arabic: msgArabic });

/** Not logged in, `/api/*`: the Arabic text is not translated. */
export const a0Unauthenticated = (): Shape => a0(literal('Unauthenticated.'), literal('Unauthenticated.'));
/** Something broke, `/api/*`. */
export const a0SystemError = (): Shape => a0(literal('Internal system error.'), literal('خطأ في النظام'));

const messages = rule<unknown[]>(list(text), 'at least one message', (texts) => texts.length > 0);

/** A bare map from field to messages. */
export const m = (): Shape => map(messages);

interface Invalid {
  message: string;
  errors: Record<string, string[]>;
}

const sayFirst = ({ message, errors }: Invalid) => Object.values(errors)[0]?.[0] === message;

/** Validation: a fixed message, or (none given) the first message of the first failing field. */
export const e = (message?: string): Shape =>
  message === undefined
    ? rule<Invalid>(object({ success: literal(0), message: text, errors: m() }), 'the first error as message', sayFirst)
    : object({ success: literal(0), message: literal(message), errors: m() });

/** No permission: names the request's host, without its port. */
export const p = (): Shape =>
  object({
    success: literal(0),
    error: pattern(/^You don't have permissions to access (?:[^\s:/]+|\[[0-9a-f:]+\]) on this server\.$/),
  });

/** A lone `error`. */
export const n = (error: string): Shape => object({ error: literal(error) });
/** Refusal with a message only. */
export const k = (message?: string): Shape =>
  object({ success: literal(0), message: message === undefined ? text : literal(message) });

/** A GeoJSON collection of these features. */
export const g = (feature: Shape): Shape => object({ type: literal('FeatureCollection'), features: list(feature) });

/** `expires_in` beside `data`, read by integrations. */
export const expiresIn: Keys = { expires_in: optional(int) };
