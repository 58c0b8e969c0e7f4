import { Refusal } from '@open-cpo/contracts';
import { translate } from '@open-cpo/persistence';

/** Whether what failed may succeed when it is tried again: a database or service is away. */
export function isPassing(error: unknown): boolean {
  const known = translate(error);
  return known instanceof Refusal && ['unavailable', 'deadline'].includes(known.kind);
}
