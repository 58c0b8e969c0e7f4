/** So many requests in so many seconds. */
export interface Policy {
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
}

/** What a setting of a limit looks like: `600/60`, or `off`. */
export const LIMIT = /^(off|[1-9]\d{0,7}\/[1-9]\d{0,4})$/;

/** A limit as it is set; none when it is off. */
export function policyOf(name: string, setting: string): Policy | undefined {
  const [requests, seconds] = setting.split('/').map(Number);
  return requests && seconds ? { name, requests, seconds } : undefined;
}

/** Where somebody stands within a policy. */
export interface RateLimitState {
  readonly policy: Policy;
  /** Requests that are left; negative: this one was one too many. */
  readonly left: number;
  /** Milliseconds until all are there again. */
  readonly resetIn: number;
}
