import { parseJson, repairedJson } from './json';

/** Bytes of a message that is read; a StopTransaction with its readings may have many thousands. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
/** Characters of a message id that are read; the protocol says 36. */
const MAX_ID_LENGTH = 255;
const MAX_ACTION_LENGTH = 100;
/** Id of an error about a message whose own id cannot be read. */
export const UNKNOWN_ID = '-1';

export const CALL = 2;
export const CALL_RESULT = 3;
export const CALL_ERROR = 4;

export type Payload = Readonly<Record<string, unknown>>;

export interface Call {
  readonly kind: 'call';
  readonly id: string;
  readonly action: string;
  readonly payload: Payload;
  /** Whether it was no valid JSON. */
  readonly repaired?: boolean;
}

export interface CallResult {
  readonly kind: 'result';
  readonly id: string;
  readonly payload: Payload;
}

export interface CallError {
  readonly kind: 'error';
  readonly id: string;
  readonly code: string;
  readonly description: string;
}

/** What is no message of OCPP-J. */
export interface Malformed {
  readonly kind: 'malformed';
  /** Its id, or `-1`. */
  readonly id: string;
  readonly problem: string;
  /** Of a call whose payload is not an object. */
  readonly action?: string;
  /** Whether it is of a type that there is not. */
  readonly unknownType?: boolean;
}

export type Frame = Call | CallResult | CallError | Malformed;

/** Without a byte order mark before it, and the zeros that end a text in C. */
function trimmed(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(text.startsWith('\uFEFF') ? 1 : 0, end);
}

const isObject = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const malformed = (problem: string, id?: string): Malformed => ({ kind: 'malformed', id: id ?? UNKNOWN_ID, problem });

function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH ? value : undefined;
}

/** A number, or a text of one: that of an object would be asked of the object, which may throw. */
const typeOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;

/** Reads a message of OCPP-J; never throws. */
export function parseFrame(text: string): Frame {
  const message = trimmed(text);
  const parsed = parsedOr(message);
  if (parsed === TOO_DEEP) return tooDeep(message);
  if (parsed !== undefined) return frameOf(parsed);
  const repaired = repairedJson(message);
  const again = repaired === message ? undefined : parsedOr(repaired);
  if (again === TOO_DEEP) return tooDeep(message);
  if (again === undefined) return malformed('The message is not valid JSON.');
  const frame = frameOf(again);
  return frame.kind === 'call' ? { ...frame, repaired: true } : frame;
}

const TOO_DEEP = Symbol('nested too deeply');

/** Nothing for text that is no JSON. */
function parsedOr(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    return error instanceof RangeError ? TOO_DEEP : undefined;
  }
}

/** What a call begins with: its id and its action. */
const HEAD = /^\s*\[\s*"?2"?\s*,\s*"([^"\\]{1,255})"\s*,\s*"(\w{1,100})"/;

/** With its action: a message about a transaction is kept. */
function tooDeep(text: string): Malformed {
  const [, id, action] = HEAD.exec(text) ?? [];
  return { ...malformed('The message is nested too deeply.', id), ...(action === undefined ? {} : { action }) };
}

function frameOf(parsed: unknown): Frame {
  if (!Array.isArray(parsed)) return malformed('The message is not an array.');
  const [type, givenId, ...rest] = parsed as unknown[];
  const id = idOf(givenId);
  if (id === undefined) return malformed('The message has no id.');
  switch (typeOf(type)) {
    case CALL:
      return callOf(id, rest);
    case CALL_RESULT:
      return { kind: 'result', id, payload: isObject(rest[0]) ? rest[0] : {} };
    case CALL_ERROR:
      return { kind: 'error', id, code: textOf(rest[0]) || 'GenericError', description: textOf(rest[1]) };
    default:
      return { ...malformed('The message type is not known.', id), unknownType: true };
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MAX_ID_LENGTH) : '');

/** A missing payload is an empty one: a heartbeat has nothing to say. */
function callOf(id: string, [action, payload]: readonly unknown[]): Call | Malformed {
  if (typeof action !== 'string' || action === '' || action.length > MAX_ACTION_LENGTH) {
    return malformed('The call has no action.', id);
  }
  if (payload !== undefined && payload !== null && !isObject(payload)) {
    return { ...malformed('The payload is not an object.', id), action };
  }
  return { kind: 'call', id, action, payload: payload ?? {} };
}

export const encodeCall = (id: string, action: string, payload: object): string =>
  JSON.stringify([CALL, id, action, payload]);

export const encodeResult = (id: string, payload: object): string => JSON.stringify([CALL_RESULT, id, payload]);

/** Error codes that we send. `FormatViolation`, `MessageTypeNotSupported` and `RpcFrameworkError` are those of 2.0.1. */
export type ErrorCode =
  | 'NotImplemented'
  | 'NotSupported'
  | 'FormationViolation'
  | 'FormatViolation'
  | 'MessageTypeNotSupported'
  | 'RpcFrameworkError'
  | 'InternalError';

export const encodeError = (id: string, code: ErrorCode, description = ''): string =>
  JSON.stringify([CALL_ERROR, id, code, description.slice(0, MAX_ID_LENGTH), {}]);
