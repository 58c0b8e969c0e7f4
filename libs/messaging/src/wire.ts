import { type Caller, Encoded, Refusal, type WireRefusal } from '@open-cpo/contracts';
import { headers, type Msg, type MsgHdrs } from 'nats';

/** Header names between our processes. */
export const HEADER = {
  caller: 'caller',
  deadline: 'deadline',
  refusal: 'refusal',
  replayed: 'replayed',
  /** Subject from which an answer too large for one message is fetched as a stream. */
  fetch: 'fetch',
  /** Stream: number of the chunk, rows in it, end mark with the number of chunks. */
  chunk: 'chunk',
  rows: 'rows',
  end: 'end',
  /** W3C trace context of what told a fact. */
  traceparent: 'traceparent',
} as const;

export const NO_BYTES = new Uint8Array(0);
const decoder = new TextDecoder();

/** JSON bytes; `undefined` is no bytes at all, which `null` is not. */
export const encode = (value: unknown): Uint8Array => (value === undefined ? NO_BYTES : Buffer.from(rawJson(value)));

/** JSON of a value, or of one that is JSON already. */
export const rawJson = (value: unknown): string => (value instanceof Encoded ? value.json : JSON.stringify(value));

export const decode = (bytes: Uint8Array): unknown =>
  bytes.length === 0 ? undefined : (JSON.parse(decoder.decode(bytes)) as unknown);

export const requestHeaders = (caller: Caller, deadline: number): MsgHdrs =>
  written({ [HEADER.caller]: JSON.stringify(caller), [HEADER.deadline]: String(deadline) });

/**
 * Headers as they go over the wire. All that the client library does with those that leave is to call `encode`; its own
 * would put ours into a map first, and search it for each one.
 */
export function written(values: Readonly<Record<string, string>>): MsgHdrs {
  let text = 'NATS/1.0\r\n';
  for (const name in values) text += `${name}: ${values[name]}\r\n`;
  return { encode: () => Buffer.from(`${text}\r\n`) } as unknown as MsgHdrs;
}

/** @throws Refusal `malformed_request` when a message does not come from our bus. */
export function readCaller(message: Msg): Caller {
  const text = message.headers?.get(HEADER.caller);
  const deadline = Number(message.headers?.get(HEADER.deadline));
  if (!text || !Number.isFinite(deadline)) throw new Refusal('malformed_request', { cause: 'no caller' });
  try {
    return Object.assign(JSON.parse(text) as Caller, { deadline });
  } catch (cause) {
    throw new Refusal('malformed_request', { cause });
  }
}

/** The broker's own word that nobody listens on a subject. */
export const nobodyListens = (message: Msg): boolean => message.data.length === 0 && message.headers?.code === 503;

export function refusalHeaders(): MsgHdrs {
  const head = headers();
  head.set(HEADER.refusal, '1');
  return head;
}

/** The refusal that a reply carries. */
export const refusalIn = (reply: Msg): Refusal | undefined =>
  reply.headers?.has(HEADER.refusal) ? Refusal.fromWire(decode(reply.data) as WireRefusal) : undefined;

/** @throws the refusal that a reply carries. */
export function throwRefusal(reply: Msg): void {
  const refusal = refusalIn(reply);
  if (refusal) throw refusal;
}
