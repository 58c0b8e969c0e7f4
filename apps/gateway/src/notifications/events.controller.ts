import { Controller } from '@nestjs/common';
import { accept, type Caller, feed, FollowEvents, ownerOf, Refusal } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import { STREAM } from '../http/answers/success';
import { From, RequestContext, Input, Route } from '../http/route';
import { GatewayConfig } from '../config';
import { FeedAnswer, type Following } from './feed-answer';
import { Feeds } from './feeds';
import { seenBy, wantedOf } from './wanted';

const SEQUENCE = /^\d{1,15}$/;

@Controller('api/events')
export class EventsController {
  constructor(
    private readonly bus: Bus,
    private readonly feeds: Feeds,
    private readonly config: GatewayConfig,
    private readonly log: Log,
  ) {}

  @Route('GET', '', {
    title: 'Follow events live',
    description:
      'Streams events of the account as server-sent events. `Last-Event-ID` continues it after the last event that was received.',
    calls: feed.after,
    asks: FollowEvents,
    can: 'token',
    alternativeAuth: ['ticket', 'api-key'],
    envelope: STREAM,
    refusals: [403, 'too_many_requests'],
  })
  follow(@Input() given: object, @From() caller: Caller, @RequestContext() context: RequestContext): FeedAnswer {
    const { input, errors } = accept(FollowEvents, given);
    errors.throwIfAny();
    return new FeedAnswer(this.following(input, caller, context), this.feeds, this.log);
  }

  @Route('POST', 'tickets', {
    title: 'Get a ticket for the live feed',
    description:
      "Answers a ticket that opens the stream once, for clients that cannot send headers, such as a browser's EventSource.",
    calls: feed.ticket,
    noStore: true,
    can: 'token',
    refusals: [429],
  })
  ticket(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(feed.ticket, input, caller);
  }

  private following(input: FollowEvents, caller: Caller, context: RequestContext): Following {
    const { accountId, role, scope } = ownerOf(caller);
    const wanted = wantedOf(input.types, { role, scope });
    // Each question has a deadline of its own: the stream outlives that of the request.
    const slice: Following['slice'] = (after, most) =>
      this.bus.call(feed.after, { after, most }, { ...caller, deadline: Date.now() + this.config.requestDeadline });
    const mayGoOn = async (): Promise<void> => {
      const now = await context.currentIdentity();
      const seen = seenBy(now);
      if (now.accountId !== accountId || ![...wanted].every((type) => seen.has(type))) throw new Refusal('forbidden');
    };
    return { caller, accountId, wanted, since: sinceOf(input, context), slice, mayGoOn };
  }
}

/** A browser that connects again says it in the header; a first connection may send it in the query. */
function sinceOf({ last_event_id }: FollowEvents, context: RequestContext): number | undefined {
  const header = context.header('last-event-id');
  if (header === undefined || header === '') return last_event_id ?? undefined;
  // What is no number of ours is answered like one that is not there any more.
  return SEQUENCE.test(header) ? Number(header) : Number.MAX_SAFE_INTEGER;
}
