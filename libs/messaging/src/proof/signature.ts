import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

/** What the signature of a call covers; the deadline ends it. */
export interface SignedCall {
  /** Subject of the operation. */
  readonly subject: string;
  /** Epoch milliseconds, as text. */
  readonly deadline: string;
  /** JSON of the caller, as text; it has no line breaks. */
  readonly caller: string;
  readonly body: Uint8Array;
}

const mac = (key: KeyObject, { subject, deadline, caller, body }: SignedCall): Buffer =>
  createHmac('sha256', key).update(`${subject}\n${deadline}\n${caller}\n`).update(body).digest();

/** HMAC-SHA-256 over operation, deadline, caller and body, in base64. */
export const sign = (key: KeyObject, call: SignedCall): string => mac(key, call).toString('base64');

/** Whether one of the keys made the signature; the comparison takes the same time wherever it differs. */
export function isSigned(keys: readonly KeyObject[], call: SignedCall, signature: string): boolean {
  const given = Buffer.from(signature, 'base64');
  return keys.some((key) => {
    const wanted = mac(key, call);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
