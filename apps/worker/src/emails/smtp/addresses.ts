import { createHash } from 'node:crypto';
import { isEmail } from 'class-validator';
import { Unsendable } from '../letters/unsendable';

/** @throws Unsendable unless it is exactly one address: a line break or comma would reach further recipients. */
export function addressOf(to: string): string {
  if (!isEmail(to)) throw new Unsendable('The recipient is not an e-mail address');
  return to;
}

const domainOf = (from: string): string => /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? 'localhost';

/** The same for the same e-mail, unlike that of any other, also of another installation with the same domain. */
export function messageId(id: number, dedupeKey: string, from: string): string {
  const unique = createHash('sha256').update(dedupeKey).digest('hex').slice(0, 24);
  return `<${id}.${unique}@${domainOf(from)}>`;
}
