import { randomFillSync } from 'node:crypto';

/** 128 bits: nobody guesses a token. */
const TOKEN_BYTES = 16;
const pool = Buffer.alloc(TOKEN_BYTES * 256);
let used = pool.length;

/** A random token of 128 bits that is a part of a subject. Drawn from a pool, because each call needs one. */
export function token(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.toString('base64url', used, (used += TOKEN_BYTES));
}

/** Subjects that an app listens to: the broker lets nobody else subscribe below it. */
export const inboxPrefix = (app: string): string => `_INBOX_${app}`;

/** The inbox of `app` in which `peer` alone may write: `_INBOX_<app>.<peer>.` */
export const inboxOf = (app: string, peer: string): string => `${inboxPrefix(app)}.${peer}.`;

const REPLY = /^_INBOX_([\w-]+)\.([\w-]+)\.[\w-]+/;

/** Whether a subject is an inbox of some app for messages of `peer`: the only subjects that a message may direct us to. */
export const isInboxFor = (peer: string, subject: string | undefined): subject is string =>
  subject !== undefined && REPLY.exec(subject)?.[2] === peer;

/** The app that waits for the answer of `service` on this subject; nothing when it is no such inbox. */
export function callerApp(service: string, reply: string | undefined): string | undefined {
  const [, app, peer] = REPLY.exec(reply ?? '') ?? [];
  return peer === service ? app : undefined;
}
