import { createHmac, randomBytes } from 'node:crypto';

/** Signing by Standard Webhooks (https://www.standardwebhooks.com). */

const PREFIX = 'whsec_';
/** Bytes; the standard wants 24 to 64. */
const LENGTH = 32;

/** A key that signs until a moment, or for good. */
export interface SigningKey {
  readonly secret: string;
  /** Epoch milliseconds. */
  readonly until?: number;
}

export const newSecret = (): string => PREFIX + randomBytes(LENGTH).toString('base64');

/** The signature of one message by one secret. */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** The headers of a message: while keys are changed, both of them sign. */
export function signedHeaders(keys: readonly SigningKey[], id: string, body: string, now = Date.now()) {
  const timestamp = Math.floor(now / 1000);
  const valid = keys.filter(({ until = Infinity }) => until > now);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': valid.map(({ secret }) => signatureOf(secret, id, timestamp, body)).join(' '),
  };
}

/** A new key in front; the one before signs along for a while, those before it no more. */
export const rotated = (keys: readonly SigningKey[], secret: string, until: number): SigningKey[] => [
  { secret },
  ...keys.slice(0, 1).map((key) => ({ ...key, until })),
];
