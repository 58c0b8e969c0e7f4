import type { Caller, FeedSlice } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnAnswer } from '../http/answers/success';
import { markEndless } from '../http/server/hooks';
import { FeedStream } from './feed-stream';
import type { Feeds } from './feeds';
import type { Wanted } from './wanted';

/** What a stream is opened for. */
export interface Following {
  readonly caller: Caller;
  readonly accountId: number;
  readonly wanted: Wanted;
  /** Sequence of the last event that the client knows; absent: it begins with what comes now. */
  readonly since: number | undefined;
  readonly slice: (after?: number, most?: number) => Promise<FeedSlice>;
  readonly mayGoOn: () => Promise<void>;
}

/** Neither stored, nor collected by proxies until it is whole, which it never is. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const;

/** The answer that goes on. Until its head is out it can still be a refusal. */
export class FeedAnswer extends OwnAnswer {
  constructor(
    private readonly following: Following,
    private readonly feeds: Feeds,
    private readonly log: Log,
  ) {
    super();
  }

  async send({ method, id }: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { accountId, since, slice, wanted, mayGoOn } = this.following;
    let stream: FeedStream | undefined;
    const { channel, leave } = this.feeds.enter(accountId, () => stream?.end());
    try {
      const { events, oldest, head } = await slice(since, 1);
      channel.grown({ head });
      const { raw: response } = reply.hijack();
      response.writeHead(200, { ...reply.getHeaders(), ...HEADERS } as Record<string, string>);
      if (method === 'HEAD' || response.destroyed) {
        response.end();
        return leave();
      }
      markEndless(response);
      stream = new FeedStream({ response, channel, wanted, slice, mayGoOn, left: leave }, since ?? head);
      const missing = since !== undefined && (since > head || (since < head && events.length === 0));
      const running = stream.run(missing ? { head, oldest } : undefined);
      running.catch((error: unknown) => {
        this.log.error('A live feed broke', { requestId: id, error });
        response.destroy();
      });
    } catch (error) {
      leave();
      throw error;
    }
  }
}
