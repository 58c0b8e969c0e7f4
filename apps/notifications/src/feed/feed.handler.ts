import { Controller } from '@nestjs/common';
import {
  type Caller,
  type EventsAfter,
  feed,
  type FeedHead,
  type FeedSlice,
  type HandlersOf,
  type HeadsOf,
  ownerOf,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { FeedRepository } from './feed.repository';

const USUAL = 200;

/** What happened in an account. */
@Controller()
export class FeedHandler implements HandlersOf<typeof feed> {
  constructor(private readonly repository: FeedRepository) {}

  @Handles(feed.after)
  async after({ after, most }: EventsAfter, caller: Caller): Promise<FeedSlice> {
    const { accountId } = ownerOf(caller);
    // Events first: what comes meanwhile makes the head a later one, never an earlier one.
    const found =
      after === undefined || after === null ? [] : await this.repository.after(accountId, after, most ?? USUAL);
    const { head, oldest } = await this.repository.place(accountId);
    const follows = found[0]?.sequence === (after ?? 0) + 1;
    return { events: follows ? found : [], oldest, head };
  }

  @Handles(feed.heads)
  heads({ accounts }: HeadsOf): Promise<FeedHead[]> {
    return this.repository.heads(accounts);
  }
}
