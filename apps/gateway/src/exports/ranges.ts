/** A part of a file: first and last byte, both included. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

const ONE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * The part that a `Range` asks for (RFC 9110). Nothing when the whole file is to be sent: no range, several ones, one
 * that makes no sense, or one of an earlier file. `none`: it lies beyond the end.
 */
export function partOf(range: string | undefined, size: number): Part | 'none' | undefined {
  const [, first = '', last = ''] = ONE.exec(range?.replace(/\s/g, '') ?? '') ?? [];
  if (first === '') return last === '' ? undefined : theLast(Math.min(size, Number(last)), size);
  const from = Number(first);
  const to = last === '' ? Infinity : Number(last);
  if (to < from) return undefined;
  return from >= size ? 'none' : { from, to: Math.min(to, size - 1) };
}

const theLast = (length: number, size: number): Part | 'none' =>
  length === 0 ? 'none' : { from: size - length, to: size - 1 };
