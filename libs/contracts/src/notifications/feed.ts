import { ApiProperty } from '@nestjs/swagger';
import { topic } from '../core/topic';
import { list, operations, read } from '../core/operation';
import { Int, RefList } from '../fields';
import { OwnersEvent } from './events';

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
  /** For gateways, who look whether they have missed something; no route leads here. Accounts without events are left out. */
  heads: read(HeadsOf, list(FeedHead)),
});

/** What a feed has grown by. */
export interface FeedGrown {
  readonly head: number;
  /** Absent when they are too many for one message: whoever needs them asks. */
  readonly events?: readonly OwnersEvent[];
}

/** Told as soon as it is committed, to whoever listens at that moment; the key is the account. */
export const feedGrown = topic<FeedGrown>('notifications.feeds');
