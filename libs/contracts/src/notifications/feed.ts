import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { list, operations, read, write } from '../core/operation';
import { topic } from '../core/topic';
import { Int, RefList, Text } from '../fields';
import { EVENT_TYPES, OwnersEvent } from './events';

/** Most events of one slice. */
export const LARGEST_SLICE = 500;

export class EventsAfter {
  /** Sequence of the last event that is known; absent: none are asked for, only where the feed stands. */
  @Int({ min: 0, max: Number.MAX_SAFE_INTEGER }) after?: number | null;
  @Int({ min: 1, max: LARGEST_SLICE }) most?: number | null;
}

/** A part of an account's feed, in order and without a gap. */
export class FeedSlice {
  /** Empty when nothing follows, or when what follows directly is not kept any more. */
  @ApiProperty({ type: [OwnersEvent] }) events: OwnersEvent[];
  /** Sequence of the oldest event that is kept; one more than `head` when there is none. */
  @ApiProperty({ example: 1 }) oldest: number;
  /** Sequence of the newest event; 0 before the first. */
  @ApiProperty({ example: 1042 }) head: number;
}

/** What clients of the live feed say; the edge makes slices out of it. */
export class FollowEvents {
  @Int({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    example: 1042,
    description: 'Sequence of the last event that is known, where the header `Last-Event-ID` cannot be set.',
  })
  last_event_id?: number | null;
  @Text({
    max: 500,
    example: 'order.completed,payout.paid',
    description: `Types that are wanted, separated by commas; all that the role may see by default: ${EVENT_TYPES.join(', ')}.`,
  })
  types?: string | null;
  @Text({ max: 100, description: 'In place of a token: opens one stream, once, within a minute.' })
  ticket?: string | null;
}

/** Opens one stream, where a header cannot be set: in a browser's EventSource. */
export class FeedTicket {
  @ApiProperty({ example: 'kq3v0pQ1dX8sJmW5tYbN2rLcE7gHfAuKi4oPz9DqRsT' }) ticket: string;
  /** Seconds. */
  @ApiProperty({ example: 60 }) expires_in: number;
}

export class RedeemTicket {
  @Text({ presence: 'required', raw: true, max: 100 }) ticket: string;
}

/** Whose ticket it was; it lasts no longer than the token that it was had with. */
export class TicketHolder {
  @ApiProperty() userId: number;
  /** The token's id. */
  @ApiProperty() sessionId: string;
  /** Epoch seconds. */
  @ApiProperty() issuedAt: number;
  @ApiProperty() expiresAt: number;
}

export class HeadsOf {
  @RefList({ presence: 'required', maxItems: 10_000 }) accounts: number[];
}

export class FeedHead {
  @ApiProperty() account_id: number;
  @ApiProperty() head: number;
}

export const feed = operations('notifications.feed', {
  /** The caller's account's events after one that is known. */
  after: read(EventsAfter, FeedSlice),
  /** Refuses `too_many_requests` while very many are unused. */
  ticket: write(Nothing, FeedTicket, { audit: false, reason: 'A ticket opens one connection.' }),
  /** For gateways; no route leads here. Refuses `unauthenticated` for a ticket that is unknown, used or old. */
  redeem: write(RedeemTicket, TicketHolder, { audit: false, reason: 'A ticket opens one connection.' }),
  /** For gateways, who look whether they have missed something; no route leads here. Accounts without events are left out. */
  heads: read(HeadsOf, list(FeedHead)),
});

/** What a feed has grown by. */
export interface FeedGrown {
  readonly head: number;
  /** Absent when they are too many for one message; the receiver then asks for them. */
  readonly events?: readonly OwnersEvent[];
}

/** Published right after the commit to current subscribers; the key is the account. */
export const feedGrown = topic<FeedGrown>('notifications.feeds');
