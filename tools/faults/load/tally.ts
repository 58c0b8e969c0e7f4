/** How a request ended, as far as a client can tell. */
export type Ending = 'done' | 'refused' | 'unavailable' | 'cut' | 'error' | 'late';

/** What came back, or did not. */
export interface Outcome {
  readonly ending: Ending;
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  readonly milliseconds: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Milliseconds in which every request is answered, and what a busy machine may add to them. */
const DEADLINE = 5000;
const SLACK = 3000;

/** Classifies a response: the platform counts as unavailable when it says 503 or 504 with a time to come back, within the deadline. */
export function endingOf(status: number, headers: Headers, milliseconds: number): Ending {
  const failed = status === 503 || status === 504;
  if (failed && !headers.has('retry-after')) return 'error';
  if (status >= 500 && !failed) return 'error';
  if (milliseconds > DEADLINE + SLACK) return 'late';
  if (failed) return 'unavailable';
  return status >= 400 ? 'refused' : 'done';
}

/** Requests of one fault by service and ending. */
export class Tally {
  private readonly counts = new Map<string, number>();
  readonly statuses = new Map<string, number>();
  /** Undocumented failures, and responses that came too late. */
  readonly errors: string[] = [];
  readonly late: string[] = [];
  private readonly failures = new Map<string, string>();

  add(service: string, what: string, { ending, status, milliseconds }: Outcome): void {
    const key = `${service} ${ending}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (ending === 'unavailable' || ending === 'cut') {
      const how = ending === 'cut' ? 'cut' : String(status);
      this.statuses.set(how, (this.statuses.get(how) ?? 0) + 1);
    }
    if (ending !== 'done' && ending !== 'refused') this.failures.set(service, `${what}: ${status || 'cut'}`);
    const how = `${what}: ${status || 'no answer'} after ${Math.round(milliseconds)} ms`;
    if (ending === 'error') this.errors.push(how);
    if (ending === 'late') this.late.push(how);
  }

  /** Requests of these services (of all without any) with these endings (with all without any). */
  count(services?: readonly string[], endings?: readonly Ending[]): number {
    let sum = 0;
    for (const [key, count] of this.counts) {
      const [service = '', ending = ''] = key.split(' ');
      if (services && !services.includes(service)) continue;
      if (endings && !endings.includes(ending as Ending)) continue;
      sum += count;
    }
    return sum;
  }

  /** The last request of a service that failed, in words. */
  lastFailure(service: string): string | undefined {
    return this.failures.get(service);
  }

  get services(): string[] {
    return [...new Set([...this.counts.keys()].map((key) => key.split(' ')[0] ?? ''))];
  }
}
