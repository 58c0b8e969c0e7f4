import { Refusal } from '@open-cpo/contracts';
import type { AnyOperation } from '@open-cpo/contracts';
import { hedgedRequest } from './hedged-request';
import type { ServiceGuard } from './service-guard';

/** A refusal that the service gave itself, as far as it says that the service cannot work. */
const cannot = ({ kind }: Refusal): boolean => kind === 'unavailable' || kind === 'deadline';

/** Takes note of what a service answered. */
export const noteAnswer = (guard: ServiceGuard, refusal: Refusal | undefined): void =>
  refusal && cannot(refusal) ? guard.breaker.failed() : guard.breaker.answered();

const undone = (error: unknown): boolean => error instanceof Refusal && error.kind === 'unavailable';

/** Asks a service within its guard. Reads get a hedged request out of the budget; writes are asked once, whatever happens. */
export async function guarded<T>(
  guard: ServiceGuard,
  { kind }: Pick<AnyOperation, 'kind'>,
  ask: () => Promise<T>,
): Promise<T> {
  guard.enter();
  try {
    if (kind !== 'read') return await ask();
    guard.budget.earn();
    return await hedgedRequest({ ask, worthwhile: undone, may: () => guard.mayTryAgain() });
  } finally {
    guard.leave();
  }
}
