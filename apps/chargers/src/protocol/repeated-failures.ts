import { createHash } from 'node:crypto';
import { Refusal } from '@open-cpo/contracts';
import { translate } from '@open-cpo/persistence';

/** Failures of one message, and milliseconds since the first, after which it is the message's own fault. */
const MIN_FAILURES = 5;
const MIN_MS = 30 * 60_000;
/** Messages whose failures are remembered. */
const MAX_REMEMBERED = 1000;

/**
 * Messages whose statements always end at their time limit, in this process. A charger would repeat such a one for ever, and
 * hold back all that comes after it.
 */
export class RepeatedFailures {
  private readonly known = new Map<string, { readonly since: number; n: number }>();

  /** Notes a failure; true where it makes no sense to wait for another repetition. */
  isHopeless(chargerId: number, text: string, error: unknown, now = Date.now()): boolean {
    const refusal = translate(error);
    if (!(refusal instanceof Refusal) || refusal.kind !== 'deadline') return false;
    const key = createHash('sha256').update(`${chargerId} ${text}`).digest('base64');
    const failures = this.known.get(key) ?? { since: now, n: 0 };
    failures.n += 1;
    this.known.delete(key);
    this.known.set(key, failures);
    const [oldest] = this.known.keys();
    if (this.known.size > MAX_REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    return failures.n >= MIN_FAILURES && now - failures.since >= MIN_MS;
  }
}
