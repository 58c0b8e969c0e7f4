import { get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client';

/** Milliseconds without a sign after which a stream counts as lost: signs come every fifteen seconds at least. */
const SILENCE = 20_000;
const POLL_INTERVAL_MS = 500;

/** An owner's live feed, followed over everything that happens: whatever ends a stream, the next goes on from there. */
export class Feed {
  /** The number of the last event; undefined until the first stream is ready. */
  last?: number;
  /** What should not have come, or not then. */
  readonly problems: string[] = [];
  /** Streams that were opened. */
  streams = 0;
  private closed = false;
  private stream?: IncomingMessage;

  constructor(private readonly client: Client) {
    void this.follow();
  }

  close(): void {
    this.closed = true;
    this.stream?.destroy();
  }

  private async follow(): Promise<void> {
    while (!this.closed) {
      await this.once().catch(() => undefined);
      await pause(300, undefined, { ref: false });
    }
  }

  private once(): Promise<void> {
    return new Promise((resolve) => {
      const member = this.client.balancer.next();
      const from: Record<string, string> = this.last === undefined ? {} : { 'last-event-id': String(this.last) };
      const headers = { ...this.client.credentials, ...from };
      let heard = Date.now();
      const asked = get(`${member.url}/api/events`, { headers, agent: false }, (stream) => {
        this.stream = stream;
        this.streams += 1;
        let rest = '';
        stream.setEncoding('utf8').on('data', (text: string) => {
          heard = Date.now();
          const frames = (rest + text).split('\n\n');
          rest = frames.pop() ?? '';
          if (stream.statusCode === 200) frames.forEach((frame) => this.take(frame));
        });
        stream.on('error', () => undefined).on('close', done);
      });
      const lost = (): boolean => !member.ready || Date.now() - heard > SILENCE;
      const looking = setInterval(() => lost() && asked.destroy(), POLL_INTERVAL_MS).unref();
      const done = (): void => {
        clearInterval(looking);
        resolve();
      };
      asked.on('error', done);
    });
  }

  /** One frame of the stream, without the blank line that ends it. */
  take(frame: string): void {
    const fields = new Map(frame.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
    const id = Number(fields.get('id') ?? NaN);
    if (Number.isNaN(id)) return;
    const type = fields.get('event') ?? 'beat';
    const still = ['ready', 'beat'].includes(type);
    const due = still ? (this.last ?? id) : (this.last ?? 0) + 1;
    if (id !== due) this.problems.push(`${type} came as ${id} to the feed, where ${due} was due`);
    this.last = id;
  }
}
