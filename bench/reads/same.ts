import { isDeepStrictEqual } from 'node:util';
import { StackError } from '../../tools/stack/terminal';
import type { Case } from './cases';
import { answerOf, type Target } from './target';

/**
 * A baseline that answers something else is none.
 * @throws StackError that names the case and where the answers part
 */
export async function checkSame(expected: Target, others: readonly Target[], cases: readonly Case[]): Promise<void> {
  for (const one of cases) {
    const wanted = await jsonOf(expected, one);
    for (const other of others) {
      const found = await jsonOf(other, one);
      if (isDeepStrictEqual(found, wanted)) continue;
      throw new StackError(`${other.name} answers ${one.name} differently: ${difference(wanted, found)}`);
    }
  }
}

async function jsonOf(target: Target, one: Case): Promise<unknown> {
  const { status, body } = await answerOf(target, one);
  if (status !== 200) throw new StackError(`${target.name} answers ${one.name} with ${status}: ${body.toString()}`);
  return JSON.parse(body.toString()) as unknown;
}

/** The first path at which two values differ. */
export function difference(a: unknown, b: unknown, path = '$'): string {
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  if (!isObject(a) || !isObject(b)) return `${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!isDeepStrictEqual(a[key], b[key])) return difference(a[key], b[key], `${path}.${key}`);
  }
  return `${path}: not the same kind`;
}
