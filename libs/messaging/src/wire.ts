import type { KeyObject } from 'node:crypto';
import { type AnyOperation, type Caller, Encoded, Refusal, type WireRefusal } from '@open-cpo/contracts';
import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import type { CallKeys } from './proof/call-keys';
import { callerApp } from './proof/inboxes';
import { isSigned, sign } from './proof/signature';

/** Header names between our processes. */
export const HEADER = {
  caller: 'caller',
  deadline: 'deadline',
  /** Proves which app made the call: see `proof/signature`. */
  signature: 'signature',
  refusal: 'refusal',
  replayed: 'replayed',
  /** Subject from which an answer too large for one message is fetched as a stream. */
  fetch: 'fetch',
  /** Stream: number of the chunk, rows in it, end mark with the number of chunks. */
  chunk: 'chunk',
  rows: 'rows',
  end: 'end',
  /** On a message that only asks the broker whether it permits it. */
  probe: 'probe',
} as const;

export const NO_BYTES = new Uint8Array(0);
const decoder = new TextDecoder();
/** The app that alone may call what operators may. */
const OPERATOR = 'operator';

/** JSON bytes; `undefined` is no bytes at all, which `null` is not. */
export const encode = (value: unknown): Uint8Array => (value === undefined ? NO_BYTES : Buffer.from(rawJson(value)));

/** JSON of a value, or of one that is JSON already. */
export const rawJson = (value: unknown): string => (value instanceof Encoded ? value.json : JSON.stringify(value));

export const decode = (bytes: Uint8Array): unknown =>
  bytes.length === 0 ? undefined : (JSON.parse(decoder.decode(bytes)) as unknown);

/** A call as it leaves: who makes it, of which operation, until when. */
export interface OutgoingCall {
  readonly keys: CallKeys;
  /** The app that calls. */
  readonly from: string;
  readonly operation: Pick<AnyOperation, 'subject' | 'service'>;
  readonly caller: Caller;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly body: Uint8Array;
}

/** The headers of a signed call. @throws Error when this process has no key for it */
export function requestHeaders({ keys, from, operation, caller, deadline, body }: OutgoingCall): MsgHdrs {
  const call = { subject: operation.subject, deadline: String(deadline), caller: JSON.stringify(caller), body };
  const signature = sign(keys.signing(from, operation.service), call);
  return written({
    [HEADER.caller]: call.caller,
    [HEADER.deadline]: call.deadline,
    [HEADER.signature]: signature,
  });
}

/**
 * Headers as they go over the wire. All that the client library does with those that leave is to call `encode`; its own
 * would put ours into a map first, and search it for each one.
 */
export function written(values: Readonly<Record<string, string>>): MsgHdrs {
  let text = 'NATS/1.0\r\n';
  for (const name in values) text += `${name}: ${values[name]}\r\n`;
  return { encode: () => Buffer.from(`${text}\r\n`) } as unknown as MsgHdrs;
}

/**
 * The caller of a call that is proven: its answer goes to an inbox of the app that calls, and that app has signed it.
 * What the broker delivers from a stream is neither.
 * @throws Refusal `service_unavailable` when the call is not proven, `malformed_request` when its caller cannot be read
 */
export function readCaller(message: Msg, operation: AnyOperation, keys: CallKeys): Caller {
  const { headers: head, data: body } = message;
  const text = (name: string): string => head?.get(name) ?? '';
  const from = callerApp(operation.service, message.reply);
  const call = { subject: operation.subject, deadline: text(HEADER.deadline), caller: text(HEADER.caller), body };
  if (!isSigned(acceptedKeys(from, operation, keys), call, text(HEADER.signature))) {
    throw new Refusal('service_unavailable', { cause: `the call is not signed by ${from ?? 'an app'}` });
  }
  try {
    return Object.assign(JSON.parse(call.caller) as Caller, { deadline: Number(call.deadline) });
  } catch (cause) {
    throw new Refusal('malformed_request', { cause });
  }
}

/** Operators' operations are for operators alone, whatever keys others have. */
function acceptedKeys(from: string | undefined, operation: AnyOperation, keys: CallKeys): readonly KeyObject[] {
  if (from === undefined || (operation.operator && keys.provisioned && from !== OPERATOR)) return [];
  return keys.accepted(from, operation.service);
}

/** The broker's "no responders" status. */
export const isNoResponder = (message: Msg): boolean => message.data.length === 0 && message.headers?.code === 503;

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
