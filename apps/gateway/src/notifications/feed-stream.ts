import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type FeedSlice, isUnavailable, Refusal } from '@open-cpo/contracts';
import { type FeedChannel, type Framed, framed } from './feed-channel';
import { beatFrame, endFrame, readyFrame, resetFrame } from './frames';
import type { Wanted } from './wanted';

/** Milliseconds. */
const BEAT = 15_000;
/** Between two looks whether the credential still stands. */
const CHECK = 2000;
/** That a client may take to read what it was sent, before it is cut off. */
const SLOW = 30_000;
/** Before the service is asked again that did not answer. */
const AGAIN = 1000;
/** For which a stream goes on although its authorisation cannot be checked. */
const UNSURE = 60_000;

/** What a stream needs to go on. */
export interface StreamParts {
  readonly response: ServerResponse;
  readonly channel: FeedChannel;
  readonly wanted: Wanted;
  /** Asks the service for what follows a sequence. */
  readonly slice: (after: number) => Promise<FeedSlice>;
  /** @throws Refusal when the credential does not stand any more */
  readonly mayGoOn: () => Promise<void>;
  readonly left: () => void;
}

/**
 * One client's stream. It holds nothing but its place: events come from the channel, or from the service where the channel
 * has them no more, and are written as fast as the client reads.
 */
export class FeedStream {
  private ended = false;
  private grown = (): void => undefined;
  private readonly timers: NodeJS.Timeout[] = [];
  private sureAt = Date.now();

  constructor(
    private readonly parts: StreamParts,
    private cursor: number,
  ) {}

  /** Writes until the client or the gateway ends it. `missing`: what the client asks for is not there. */
  async run(missing?: Pick<FeedSlice, 'head' | 'oldest'>): Promise<void> {
    const { response, channel, left } = this.parts;
    const forget = channel.listen(() => this.grown());
    response.once('close', () => this.finish());
    // Whoever hangs up in the middle of a write is gone, not a fault.
    response.on('error', () => this.finish());
    this.timers.push(setInterval(() => this.beat(), BEAT).unref(), setInterval(() => void this.check(), CHECK).unref());
    try {
      if (missing) await this.reset(missing.head, missing.oldest);
      else await this.write(readyFrame(this.cursor));
      while (!this.ended) {
        const news = new Promise<void>((resolve) => (this.grown = resolve));
        await this.catchUp();
        if (this.cursor >= channel.head) await news;
      }
    } finally {
      this.finish();
      forget();
      left();
    }
  }

  /** Ends it in order: the client comes back, here or elsewhere. */
  end(): void {
    if (!this.ended) this.parts.response.end(endFrame());
    this.finish();
  }

  /** Goes on from the newest event, as what was asked for is not there. */
  private async reset(head: number, oldest: number): Promise<void> {
    this.cursor = head;
    await this.write(resetFrame(head, oldest));
  }

  private beat(): void {
    const { response } = this.parts;
    if (!response.writableNeedDrain) response.write(beatFrame(this.cursor));
  }

  private finish(): void {
    this.ended = true;
    this.timers.forEach(clearInterval);
    this.grown();
  }

  private async catchUp(): Promise<void> {
    const { channel } = this.parts;
    while (!this.ended && this.cursor < channel.head) {
      const events = channel.after(this.cursor) ?? (await this.asked());
      if (events.length > 0) await this.send(events);
    }
  }

  /** From the service, which may be away for a while: the stream waits for it. */
  private async asked(): Promise<readonly Framed[]> {
    try {
      const { events, oldest, head } = await this.parts.slice(this.cursor);
      // While it was read, what follows may have become too old to be kept.
      if (events.length === 0 && head > this.cursor) await this.reset(head, oldest);
      return events.map(framed);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await pause(AGAIN, undefined, { ref: false });
      return [];
    }
  }

  private async send(events: readonly Framed[]): Promise<void> {
    const text = events.filter(({ type }) => this.parts.wanted.has(type)).map(({ frame }) => frame);
    this.cursor = events.at(-1)?.sequence ?? this.cursor;
    if (text.length > 0) await this.write(text.join(''));
  }

  /** Waits until the client has read, and cuts off one that does not: it can go on from where it was. */
  private async write(text: string): Promise<void> {
    const { response } = this.parts;
    if (this.ended || response.write(text)) return;
    if (!(await drained(response))) response.destroy();
  }

  private async check(): Promise<void> {
    try {
      await this.parts.mayGoOn();
      this.sureAt = Date.now();
    } catch (error) {
      if (!isUnavailable(error) || Date.now() - this.sureAt > UNSURE) this.end();
    }
  }
}

/** Whether the client has read what it was sent, in time. */
const drained = (response: ServerResponse): Promise<boolean> =>
  new Promise((resolve) => {
    const patience = setTimeout(() => settle(false), SLOW).unref();
    const yes = (): void => settle(true);
    const no = (): void => settle(false);
    const settle = (read: boolean): void => {
      clearTimeout(patience);
      response.off('drain', yes).off('close', no);
      resolve(read);
    };
    response.once('drain', yes).once('close', no);
  });
