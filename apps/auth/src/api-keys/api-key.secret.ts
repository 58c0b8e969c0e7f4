import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const BYTES = 30;
const FORM = /^([1-9]\d{0,9})\|([A-Za-z0-9_-]{40})$/;
const LARGEST_ID = 2_147_483_647;

/** 40 unguessable characters. */
export const newSecret = (): string => randomBytes(BYTES).toString('base64url');

/** What is stored of a secret. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A key as a client sends it. */
export const keyText = (id: number, secret: string): string => `${id}|${secret}`;

/** The parts of a key as sent; nothing for what no key looks like. */
export function parsedKey(text: string): { id: number; secret: string } | undefined {
  const [, id = '', secret = ''] = FORM.exec(text) ?? [];
  return secret && Number(id) <= LARGEST_ID ? { id: Number(id), secret } : undefined;
}

/** Compares in constant time. */
export const matches = (secret: string, hash: Buffer): boolean => timingSafeEqual(hashOf(secret), hash);
