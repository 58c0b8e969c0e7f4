import { secondsIn } from './errors';

/** Sends one request. */
export type Send = (request: Request) => Promise<Response>;

/** How often, and with how much patience, a request is sent again. */
export interface Patience {
  /** Times after the first. */
  readonly retries: number;
  /** Seconds to wait at most; a longer `Retry-After` is returned as the error at once. */
  readonly longestWait: number;
}

/**
 * Sends again what may be sent again without a second effect, reads and whatever carries an `Idempotency-Key`, when the
 * network failed or the API says that it is worth another try.
 */
export function repeating(send: Send, { retries, longestWait }: Patience): Send {
  return async (request) => {
    for (let tries = 1; ; tries += 1) {
      const last = tries > retries || !isRepeatable(request);
      const response = await send(last ? request : request.clone()).catch((error: unknown) => {
        if (last || request.signal.aborted) throw error;
        return undefined;
      });
      if (last || (response && !isPassing(response))) return response as Response;
      const wait = (response && secondsIn(response.headers)) ?? backoff(tries);
      if (response && wait > longestWait) return response;
      await pause(wait, request.signal);
    }
  };
}

const isRepeatable = ({ method, headers }: Request): boolean =>
  method === 'GET' || method === 'HEAD' || headers.has('idempotency-key');

/** Trouble that passes: too much at once, a service away or late, the first request still under way. */
const isPassing = ({ status, headers }: Response): boolean =>
  status === 429 ||
  status === 503 ||
  status === 504 ||
  (status === 409 && headers.get('x-error-code') === 'idempotency_in_flight');

/** Seconds; with chance in them, so that those who failed together do not come back together. */
const backoff = (tries: number): number => Math.random() * 0.2 * 2 ** tries;

const pause = (seconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1000);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
