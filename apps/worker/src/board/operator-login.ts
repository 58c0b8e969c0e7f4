import { createHash, timingSafeEqual } from 'node:crypto';

/** Who operators are to the board. */
export const OPERATOR = 'operator';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether an `Authorization` header is the operator's; wrong ones take as long as right ones. */
export function isOperator(header: string | undefined, password: string): boolean {
  const given = /^basic +([a-z0-9+/=]+)$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(Buffer.from(given, 'base64').toString()), digest(`${OPERATOR}:${password}`));
}
