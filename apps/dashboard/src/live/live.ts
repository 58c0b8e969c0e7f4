import { unwrap } from '@open-cpo/client';
import type { QueryClient } from '@tanstack/vue-query';
import { reactive } from 'vue';
import { client } from '../api/client';
import { session } from '../api/session';
import { changedBy, EVENT_TYPES, eventOf, type LiveEvent } from './events';

/** Events that the list of activities begins with. */
const HISTORY = 30;
const MOST_KEPT = 100;
/** Many events at once, as after a night of sessions, are one reload. */
const GATHER_MS = 1000;
const RECONNECT_MS = 2000;

interface LiveState {
  state: 'connecting' | 'connected' | 'off';
  /** The newest first. */
  events: LiveEvent[];
}

export const live = reactive<LiveState>({ state: 'off', events: [] });

/** Follows the account's events; they renew what the pages show, so that nothing polls. Answers how to stop. */
export function followLive(queries: QueryClient): () => void {
  const feed = new Feed(queries);
  void feed.connect();
  return () => feed.stop();
}

class Feed {
  private source: EventSource | undefined;
  private last: number | undefined;
  /** Events up to this one are history: what is shown has them already. */
  private known = 0;
  private asked = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private showing: ReturnType<typeof setTimeout> | undefined;
  private arrived: LiveEvent[] = [];
  private readonly changed = new Set<string>();

  constructor(private readonly queries: QueryClient) {
    live.events = [];
  }

  async connect(): Promise<void> {
    if (this.stopped) return;
    live.state = 'connecting';
    try {
      const { results } = await unwrap(client.POST('/api/events/tickets'));
      this.open(results.ticket);
    } catch {
      this.again();
    }
  }

  stop(): void {
    this.stopped = true;
    live.state = 'off';
    this.source?.close();
    clearTimeout(this.timer);
    clearTimeout(this.gathering);
    clearTimeout(this.showing);
  }

  private open(ticket: string): void {
    if (this.stopped) return;
    const query = new URLSearchParams({ ticket });
    if (this.last !== undefined) query.set('last_event_id', String(this.last));
    const source = new EventSource(`/api/events?${query}`);
    this.source = source;
    source.addEventListener('ready', ({ lastEventId }) => this.ready(Number(lastEventId)));
    source.addEventListener('reset', ({ data }) => this.reset(data as string));
    for (const type of EVENT_TYPES) source.addEventListener(type, ({ data }) => this.take(eventOf(data as string)));
    source.onerror = () => this.again();
  }

  private ready(sequence: number): void {
    live.state = 'connected';
    const first = !this.asked;
    this.asked = true;
    if (!first || sequence === 0) return void (this.last ??= sequence);
    // The list of activities begins with what happened lately.
    this.known = sequence;
    this.last = Math.max(0, sequence - HISTORY);
    this.source?.close();
    void this.connect();
  }

  private reset(text: string): void {
    const { sequence } = JSON.parse(text) as { sequence: number };
    live.state = 'connected';
    this.asked = true;
    this.last = sequence;
    // Events were missed: whatever is shown may be old.
    if (sequence > this.known) void this.queries.invalidateQueries();
    this.known = sequence;
  }

  private take(event: LiveEvent | undefined): void {
    if (!event || event.sequence <= (this.last ?? 0)) return;
    this.last = event.sequence;
    this.arrived.unshift(event);
    this.showing ??= setTimeout(() => this.show());
    if (event.sequence <= this.known) return;
    changedBy(event.type).forEach((key) => this.changed.add(key));
    this.gathering ??= setTimeout(() => this.renew(), GATHER_MS);
  }

  /** Events that come together, as those of the past do, are shown together. */
  private show(): void {
    this.showing = undefined;
    live.events = [...this.arrived, ...live.events].slice(0, MOST_KEPT);
    this.arrived = [];
  }

  private renew(): void {
    this.gathering = undefined;
    for (const key of this.changed) void this.queries.invalidateQueries({ queryKey: [key] });
    this.changed.clear();
  }

  private again(): void {
    this.source?.close();
    if (this.stopped || !session.token) return;
    live.state = 'connecting';
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.connect(), RECONNECT_MS * (1 + Math.random()));
  }
}
