import { until } from '@open-cpo/testing';

/** One block of a stream of server-sent events. */
export interface Block {
  readonly id: number;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** A client of the live feed, which keeps what it was sent. */
export class Stream {
  readonly blocks: Block[] = [];
  status = 0;
  headers = new Headers();
  /** The whole answer, where it was none that goes on. */
  text = '';
  ended = false;
  private readonly hangUp = new AbortController();

  private constructor() {}

  /** Opens it, and waits for its head. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<Stream> {
    const stream = new Stream();
    const answer = await fetch(url, { headers, signal: stream.hangUp.signal });
    stream.status = answer.status;
    stream.headers = answer.headers;
    void stream.read(answer).catch(() => (stream.ended = true));
    if (answer.ok) await until(() => stream.blocks.length > 0, 'the first block');
    else await until(() => stream.ended);
    return stream;
  }

  /** What came but the word that the stream is there. */
  get events(): Block[] {
    return this.blocks.filter(({ event }) => event !== 'ready');
  }

  get ids(): number[] {
    return this.events.map(({ id }) => id);
  }

  get lastId(): string {
    return String(this.blocks.at(-1)?.id);
  }

  /** As a connection that breaks. */
  drop(): void {
    this.hangUp.abort();
  }

  private async read(answer: Response): Promise<void> {
    let rest = '';
    for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
      rest += Buffer.from(piece).toString();
      this.text += Buffer.from(piece).toString();
      const parts = rest.split('\n\n');
      rest = parts.pop() ?? '';
      parts.forEach((part) => this.take(part));
    }
    this.ended = true;
  }

  private take(text: string): void {
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
    if (field('event') === '') return;
    const data = JSON.parse(field('data')) as Record<string, unknown>;
    this.blocks.push({ id: Number(field('id')), event: field('event'), data });
  }
}
