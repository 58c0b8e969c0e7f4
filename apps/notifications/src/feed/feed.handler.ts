import { Controller } from '@nestjs/common';
import {
  type Caller,
  type EventsAfter,
  feed,
  type FeedHead,
  type FeedSlice,
  type FeedTicket,
  type HandlersOf,
  type HeadsOf,
  type Nothing,
  ownerOf,
  type RedeemTicket,
  type TicketHolder,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { FeedRepository } from './feed.repository';
import { Tickets } from './tickets';

const USUAL = 200;

/** What happened in an account. */
@Controller()
export class FeedHandler implements HandlersOf<typeof feed> {
  constructor(
    private readonly repository: FeedRepository,
    private readonly tickets: Tickets,
  ) {}

  @Handles(feed.after)
  async after({ after, most }: EventsAfter, caller: Caller): Promise<FeedSlice> {
    const { accountId } = ownerOf(caller);
    // The head first: with what comes meanwhile it would be beyond events that are said not to be there.
    const { head, oldest } = await this.repository.place(accountId);
    const found =
      after === undefined || after === null ? [] : await this.repository.after(accountId, after, most ?? USUAL);
    const follows = found[0]?.sequence === (after ?? 0) + 1;
    return { events: follows ? found : [], oldest, head };
  }

  @Handles(feed.ticket)
  ticket(_: Nothing, caller: Caller): Promise<FeedTicket> {
    return this.tickets.issue(ownerOf(caller));
  }

  @Handles(feed.redeem)
  redeem({ ticket }: RedeemTicket): Promise<TicketHolder> {
    return this.tickets.redeem(ticket);
  }

  @Handles(feed.heads)
  heads({ accounts }: HeadsOf): Promise<FeedHead[]> {
    return this.repository.heads(accounts);
  }
}
