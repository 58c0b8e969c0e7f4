import type { FeedGrown, OwnersEvent } from '@open-cpo/contracts';
import { eventFrame } from './frames';

/** An event as it goes out, made once for all who get it. */
export interface Framed {
  readonly sequence: number;
  readonly type: OwnersEvent['type'];
  readonly frame: string;
}

/** Events of an account in memory; a client that is further behind is served by the service. */
const MAX_EVENTS = 500;

/** An account's feed as this gateway receives it: its position, and its last events without a gap. */
export class FeedChannel {
  private events: Framed[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(readonly accountId: number) {}

  /** Sequence of the newest event that is known of. */
  head = 0;

  get size(): number {
    return this.listeners.size;
  }

  /** Calls back whenever the feed has grown, until the returned function is called. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What is older than what is known is no news; what does not follow it directly leaves a gap that is asked for. */
  grown({ head, events = [] }: FeedGrown): void {
    if (head <= this.head) return;
    const fresh = events.filter(({ sequence }) => sequence > this.head).map(framed);
    const follows = fresh[0]?.sequence === this.head + 1;
    const whole = fresh.at(-1)?.sequence === head;
    this.events = [...(follows ? this.events : []), ...(whole ? fresh : [])].slice(-MAX_EVENTS);
    if (!whole) this.events = [];
    this.head = head;
    for (const listener of this.listeners) listener();
  }

  /** What follows a sequence, if it is at hand. */
  after(sequence: number): readonly Framed[] | undefined {
    const first = this.events[0]?.sequence;
    if (first === undefined || sequence + 1 < first) return undefined;
    return this.events.slice(sequence + 1 - first);
  }
}

/** An event as it goes out. */
export const framed = (event: OwnersEvent): Framed => ({
  sequence: event.sequence,
  type: event.type,
  frame: eventFrame(event),
});
