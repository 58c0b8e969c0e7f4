import { randomInt } from 'node:crypto';

let last = 0;

/** Microseconds since 1970, never the same twice in a process. */
export function microseconds(): number {
  last = Math.max(Date.now() * 1000 + randomInt(1000), last + 1);
  return last;
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** PHP's `uniqid` in capitals: 8 digits of seconds, 5 of microseconds, as in every documented token (L2058). */
export const uniqid = (at: number): string => hex(Math.floor(at / 1_000_000), 8) + hex(at % 1_000_000, 5);
