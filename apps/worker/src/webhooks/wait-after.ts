import { deliverEvent } from '@open-cpo/contracts';

/**
 * Milliseconds until the next try of a delivery, by its tries and not those of its job: one that had to wait for its turn has
 * had several jobs, and is tried no sooner for it. A notifications service of a version before does not say how many there
 * were: then those of the job count.
 */
export function waitAfter(tries: number | undefined, attempt: number): number {
  const made = Number.isFinite(tries) ? Number(tries) : attempt;
  return deliverEvent.backoff * 2 ** (Math.max(made, 1) - 1) * (1 - Math.random() / 2);
}
